package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.MaskFile;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Setting;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * The sweeps that a command line names: experiment lists, and images in every way that {@code mdx
 * import} takes them.
 */
public final class SweepInput {
  private final ImportOptions options;
  private final Path mask;
  private final Parallel parallel;
  private final Progress progress;
  private final List<ImageSeries> images = new ArrayList<>();
  private final List<DialsExperiment> experiments = new ArrayList<>();
  private final List<List<String>> notes = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /**
   * An empty input.
   *
   * @param values what options say in place of headers and profile; its mask is that of every
   *     sweep, those of lists too
   * @param profile instrument profile, or null
   * @param parallel threads that read headers
   * @param progress told of each
   */
  SweepInput(InstrumentProfile values, Path profile, Parallel parallel, Progress progress)
      throws IOException {
    this.options = options(values, profile);
    this.mask = values.get(Setting.MASK).orElse(null);
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * How images are imported.
   *
   * @param values what options say in place of headers and profile
   * @param profile instrument profile, or null
   */
  public static ImportOptions options(InstrumentProfile values, Path profile) throws IOException {
    InstrumentProfile file =
        profile == null ? InstrumentProfile.empty() : InstrumentProfile.read(profile);
    String name =
        file.get(Setting.NAME).orElse(profile == null ? "" : profile.getFileName().toString());
    return ImportOptions.defaults().withOverrides(values).withProfile(file, name);
  }

  /**
   * Sweeps in the order named; those of images that are named one after the other are one input.
   */
  SweepInput read(List<String> inputs) throws IOException {
    List<String> pending = new ArrayList<>();
    for (String input : inputs) {
      if (isFileOfSweeps(input)) {
        addImages(pending);
        pending.clear();
        addFile(Path.of(input));
      } else {
        pending.add(input);
      }
    }
    addImages(pending);
    return this;
  }

  /**
   * The one sweep of an input.
   *
   * @throws MdxFormatException if there are several
   */
  ImageSeries readOne(String input) throws IOException {
    read(List.of(input));
    if (images.size() != 1) {
      throw new MdxFormatException(
          Path.of(input),
          "",
          "one sweep",
          images.size() + " sweeps",
          "name the images of one by a template such as x_####.cbf");
    }
    return images.get(0);
  }

  private static boolean isFileOfSweeps(String input) throws IOException {
    Path path = Path.of(input);
    return Images.isList(path)
        || Files.isRegularFile(path) && SweepFiles.isHdf5(path) && Mdx2.recognizes(path);
  }

  private void addFile(Path file) throws IOException {
    boolean list = Images.isList(file);
    List<ImageSeries> held = Images.openAll(file);
    List<DialsExperiment> rows = list ? Dials.experiments(file) : List.of();
    for (int i = 0; i < held.size(); i++) {
      images.add(masked(held.get(i), mask));
      experiments.add(list ? rows.get(i) : null);
      notes.add(List.of());
    }
    names.addAll(names(file, held.size()));
  }

  private void addImages(List<String> inputs) throws IOException {
    if (inputs.isEmpty()) {
      return;
    }
    for (ImportedSweep sweep : SweepImport.read(inputs, options, parallel, progress)) {
      for (DialsExperiment e : sweep.experiments()) {
        images.add(Dials.open(e)); // with the mask, which is the experiment's own
        experiments.add(e);
        notes.add(sweep.geometryNotes());
      }
      names.addAll(names(sweep.images(), sweep.experiments().size()));
    }
  }

  /**
   * A sweep without what a mask of DIALS leaves out.
   *
   * @param series the sweep
   * @param mask its file, or null
   */
  public static ImageSeries masked(ImageSeries series, Path mask) throws IOException {
    if (mask == null) {
      return series;
    }
    List<PixelMask> more = MaskFile.read(mask, series.geometry().detector());
    List<PixelMask> all = new ArrayList<>();
    for (int p = 0; p < more.size(); p++) {
      all.add(series.mask(p).or(more.get(p)));
    }
    return new ImageSeries(series.geometry(), series.source(), all);
  }

  /** What the sweeps of a file are called: the file with its folder, and a number if need be. */
  static List<String> names(Path file, int sweeps) {
    int n = file.getNameCount();
    String name = n > 2 ? file.subpath(n - 2, n).toString() : file.toString();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      names.add(sweeps == 1 ? name : name + " sweep " + i);
    }
    return names;
  }

  /** What should be known of how each sweep was read. */
  List<List<String>> notes() {
    return notes;
  }

  /** Frames and geometry of each sweep. */
  List<ImageSeries> images() {
    return images;
  }

  /** Rows of experiment lists; null for a sweep that comes from no list and no images. */
  List<DialsExperiment> experiments() {
    return experiments;
  }

  /** What the sweeps are called. */
  List<String> names() {
    return names;
  }
}
