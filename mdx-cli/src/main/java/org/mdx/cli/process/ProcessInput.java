package org.mdx.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.bragg.process.CrystalSource;
import org.mdx.cli.reduce.SweepInput;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.input.Images;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * The crystals that a command line names: experiment lists, images, and folders with the folders
 * below them. What cannot be imported is a crystal that fails.
 */
final class ProcessInput {
  private static final Pattern ENDINGS = Pattern.compile("(\\.[A-Za-z][A-Za-z0-9]{0,4}){1,2}$");
  private static final Pattern DIGITS = Pattern.compile("[_.-]*#+");
  private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9_.+-]+");

  /** What sweeps share a crystal. */
  enum Joint {
    /** Each sweep has a crystal of its own. */
    NONE,
    /** Those of a folder. */
    FOLDER,
    /** All. */
    ALL
  }

  private final ImportOptions options;
  private final Path mask;
  private final Joint joint;
  private final Parallel parallel;
  private final Progress progress;
  private final List<Sweep> sweeps = new ArrayList<>();

  /** A sweep, or why there is none. */
  private record Sweep(
      Path path, DialsExperiment experiment, CrystalSource.Opener opener, List<String> notes) {}

  ProcessInput(
      ImportOptions options, Path mask, Joint joint, Parallel parallel, Progress progress) {
    this.options = options;
    this.mask = mask;
    this.joint = joint;
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Looks for them.
   *
   * @throws IOException if an input does not exist
   */
  List<FoundCrystal> read(List<String> inputs) throws IOException {
    List<String> pending = new ArrayList<>();
    for (String input : inputs) {
      Path path = Path.of(input);
      if (Images.isList(path)) {
        addImages(pending);
        pending.clear();
        addList(path);
      } else if (Files.isDirectory(path)) {
        addImages(pending);
        pending.clear();
        addFolders(path);
      } else {
        pending.add(input);
      }
    }
    addImages(pending);
    if (sweeps.isEmpty()) {
      throw new IOException("no images in " + String.join(", ", inputs) + " nor below");
    }
    return crystals();
  }

  private void addList(Path list) throws IOException {
    List<DialsExperiment> rows = Dials.experiments(list);
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      DialsExperiment e = rows.get(i);
      Path path = e.template() == null ? list : e.template();
      sweeps.add(
          new Sweep(
              path,
              e,
              () -> List.of(SweepInput.masked(Dials.read(list, e, row), mask)),
              List.of()));
    }
  }

  private void addFolders(Path top) throws IOException {
    List<Path> folders;
    try (Stream<Path> walk = Files.walk(top)) {
      folders = walk.filter(Files::isDirectory).sorted().toList();
    }
    for (Path folder : folders) {
      boolean files;
      try (Stream<Path> inside = Files.list(folder)) {
        files = inside.anyMatch(Files::isRegularFile);
      }
      if (files) {
        add(List.of(folder.toString()), true);
      }
    }
  }

  private void addImages(List<String> inputs) {
    if (!inputs.isEmpty()) {
      add(inputs, false);
    }
  }

  private void add(List<String> inputs, boolean folder) {
    try {
      for (ImportedSweep found : SweepImport.read(inputs, options, parallel, progress)) {
        for (DialsExperiment e : found.experiments()) {
          sweeps.add(
              new Sweep(found.images(), e, () -> List.of(Dials.open(e)), found.geometryNotes()));
        }
      }
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // a folder may hold other files than images
      if (!folder || !String.valueOf(e.getMessage()).startsWith("no images in")) {
        addFailing(inputs.get(0), e);
      }
    }
  }

  private void addFailing(String input, Exception why) {
    sweeps.add(
        new Sweep(
            Path.of(input),
            null,
            () -> {
              throw new IOException(why.getMessage(), why);
            },
            List.of()));
  }

  private List<FoundCrystal> crystals() {
    Map<Object, List<Sweep>> groups = new LinkedHashMap<>();
    for (int i = 0; i < sweeps.size(); i++) {
      Sweep s = sweeps.get(i);
      Object key = i;
      if (s.experiment() != null && joint == Joint.ALL) {
        key = "all";
      } else if (s.experiment() != null && joint == Joint.FOLDER) {
        key = String.valueOf(s.path().toAbsolutePath().getParent());
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(s);
    }
    List<String> names = names(new ArrayList<>(groups.values()));
    List<FoundCrystal> crystals = new ArrayList<>();
    for (List<Sweep> group : groups.values()) {
      List<DialsExperiment> rows =
          group.stream().map(Sweep::experiment).filter(e -> e != null).toList();
      List<String> notes = group.stream().flatMap(s -> s.notes().stream()).distinct().toList();
      String name = names.get(crystals.size());
      crystals.add(new FoundCrystal(new CrystalSource(name, () -> open(group), notes), rows));
    }
    return crystals;
  }

  private static List<ImageSeries> open(List<Sweep> group) throws IOException {
    List<ImageSeries> all = new ArrayList<>();
    for (Sweep s : group) {
      all.addAll(s.opener().open());
    }
    return all;
  }

  /** Names of images without numbers and endings; with the folder before, or a number behind. */
  private List<String> names(List<List<Sweep>> groups) {
    List<String> plain = new ArrayList<>();
    Map<String, Integer> count = new HashMap<>();
    for (List<Sweep> g : groups) {
      String name = name(g.get(0).path(), g.size() > 1);
      plain.add(name);
      count.merge(name, 1, Integer::sum);
    }
    List<String> out = new ArrayList<>();
    Map<String, Integer> used = new HashMap<>();
    for (int i = 0; i < plain.size(); i++) {
      String name = plain.get(i);
      Path parent = groups.get(i).get(0).path().toAbsolutePath().getParent();
      if (count.get(name) > 1 && parent != null && parent.getFileName() != null) {
        name = odd(parent.getFileName().toString()) + "_" + name;
      }
      int n = used.merge(name, 1, Integer::sum);
      out.add(n == 1 ? name : name + "_" + n);
    }
    return out;
  }

  private static String name(Path path, boolean folder) {
    Path last = folder ? path.toAbsolutePath().getParent().getFileName() : path.getFileName();
    String text = last == null ? "crystal" : last.toString();
    if (!folder && !Files.isDirectory(path)) {
      text = DIGITS.matcher(ENDINGS.matcher(text).replaceFirst("")).replaceAll("");
    }
    String plain = odd(text);
    return plain.isEmpty() || plain.startsWith(".") ? "crystal" + plain : plain;
  }

  private static String odd(String text) {
    return ODD.matcher(text).replaceAll("_");
  }
}
