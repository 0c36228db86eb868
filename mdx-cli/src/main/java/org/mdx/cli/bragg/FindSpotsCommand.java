package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.spots.SpotFinder;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.bragg.spots.Spots;
import org.mdx.cli.file.MaskArguments;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.MaskFile;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.input.Images;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds Bragg spots. */
@Command(
    name = "find-spots",
    description = {
      "Find the Bragg spots of sweeps and stills, as dials.find_spots does.",
      "Images are imported first; DIALS and mdx go on from strong.refl and imported.expt."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FindSpotsCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "An imported.expt; or image files, folders of them, templates such as xtal_####.cbf, or"
              + " 'xtal_*.cbf'.")
  private List<String> inputs;

  @Mixin private SpotArguments arguments;

  @Mixin private MaskArguments mask;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description =
          "Leave out what this mask of DIALS leaves out, too. May be given several times.")
  private List<Path> masks = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "strong.refl",
      description = "Where to write the spots.")
  private Path output;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "imported.expt",
      description = "Where to write the experiment list, if images were given.")
  private Path experimentsFile;

  @Option(names = "--json", description = "Print the numbers of each sweep as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    boolean list = inputs.size() == 1 && Images.isList(Path.of(inputs.get(0)));
    if (!list) {
      AtomicFile.requireWritable(experimentsFile);
    }
    mask.noteReading(common);
    List<ImportedSweep> imported =
        list
            ? List.of()
            : SweepImport.read(
                inputs, ImportOptions.defaults(), common.parallel(), common.progress());
    List<DialsExperiment> experiments =
        list
            ? Dials.experiments(Path.of(inputs.get(0)))
            : imported.stream().flatMap(s -> s.experiments().stream()).toList();
    Reflections found = find(experiments, list);
    OutputFolder.requireNotInterrupted();
    if (!list) {
      SweepImport.write(experimentsFile, imported);
      say("wrote " + experimentsFile);
    }
    ReflectionFile.write(output, found);
    say("wrote " + output + ", " + found.size() + (found.size() == 1 ? " spot" : " spots"));
    return 0;
  }

  private Reflections find(List<DialsExperiment> experiments, boolean list) throws IOException {
    List<Reflections> tables = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();
    Map<Integer, String> identifiers = new LinkedHashMap<>();
    EmptyResultException none = null;
    for (int row = 0; row < experiments.size(); row++) {
      DialsExperiment e = experiments.get(row);
      identifiers.put(row, e.identifier());
      ImageSeries images = list ? Dials.read(Path.of(inputs.get(0)), e, row) : Dials.open(e);
      SpotOptions options = options(e.geometry().detector());
      if (experiments.size() > 1) {
        say("experiment " + row + ": " + e.template());
      }
      try {
        Spots spots =
            SpotFinder.find(masked(images), options, common.parallel(), common.progress());
        SpotReport.text(spots).forEach(this::say);
        numbers.add(SpotReport.json(row, spots));
        tables.add(ofExperiment(spots.reflections(), row));
      } catch (EmptyResultException empty) {
        none = empty;
        if (experiments.size() > 1) {
          say(empty.getMessage());
        }
      }
    }
    if (tables.isEmpty()) {
      throw experiments.size() == 1
          ? none
          : new EmptyResultException("no spots in any of " + experiments.size() + " experiments");
    }
    if (json) {
      common.out().println(JsonText.of(numbers));
    }
    return Reflections.concatenate(tables).withIdentifiers(identifiers);
  }

  /** With JSON on standard output, words would not be. */
  private void say(String line) {
    if (!json) {
      common.out().println(line);
    }
  }

  private SpotOptions options(Detector detector) {
    return common.checked(() -> arguments.options(mask.options(detector.panels().size())));
  }

  private ImageSeries masked(ImageSeries images) throws IOException {
    if (masks.isEmpty()) {
      return images;
    }
    Detector detector = images.geometry().detector();
    List<PixelMask> all = new ArrayList<>();
    for (int p = 0; p < detector.panels().size(); p++) {
      all.add(images.mask(p));
    }
    for (Path file : masks) {
      List<PixelMask> more = MaskFile.read(file, detector);
      for (int p = 0; p < all.size(); p++) {
        all.set(p, all.get(p).or(more.get(p)));
      }
    }
    return new ImageSeries(images.geometry(), images.source(), all);
  }

  private static Reflections ofExperiment(Reflections spots, int row) {
    int[] id = new int[spots.size()];
    Arrays.fill(id, row);
    return spots.with(ReflectionKeys.ID, id);
  }
}
