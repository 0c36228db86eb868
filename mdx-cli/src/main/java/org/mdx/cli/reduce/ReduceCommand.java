package org.mdx.cli.reduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.mdx.Mdx;
import org.mdx.cli.figure.ReportFile;
import org.mdx.cli.stage.AutoCutoff;
import org.mdx.cli.stage.AutoThreshold;
import org.mdx.cli.stage.BinImageSeriesCommand;
import org.mdx.cli.stage.CellToleranceOption;
import org.mdx.cli.stage.ScalingName;
import org.mdx.cli.stage.SplitName;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.Numbers;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.correct.BackgroundOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageSeries;
import org.mdx.io.MdxFormatException;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole job: from images to a merged map. */
@Command(
    name = "reduce",
    description = {
      "Reduce indexed sweeps to one map of diffuse scattering.",
      "Leaves merged.nxs, map.nxs, slice_l0.png, summary.txt and report.html in the output folder."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ReduceCommand implements Callable<Integer> {

  /** What the sweeps are called by the files they are read from. */
  private final List<String> names = new ArrayList<>();

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;
  @Mixin private CellToleranceOption cellTolerance;

  @Parameters(
      arity = "1..*",
      paramLabel = "EXPT",
      description = "Experiment lists of indexed sweeps.")
  private List<Path> expt;

  @Option(
      names = "--background",
      paramLabel = "EXPT",
      description = "Experiment list of a sweep without a crystal.")
  private Path background;

  @Option(
      names = "--count-threshold",
      paramLabel = "COUNTS",
      converter = AutoThreshold.class,
      description =
          "Pixels with more counts are taken for Bragg peaks; auto: found from the images of each"
              + " sweep. Default: auto, with --mdx2-compatible 20.",
      showDefaultValue = Visibility.NEVER)
  private OptionalInt countThreshold;

  @Option(
      names = "--subdivide",
      paramLabel = "N,N,N",
      defaultValue = "3,3,3",
      parameterConsumer = Numbers.ThreeIntegers.class,
      description = "Voxels along each unit of h, k and l.")
  private Numbers.Values subdivide;

  @Option(
      names = "--sigma-cutoff",
      paramLabel = "SIGMA",
      converter = AutoCutoff.class,
      description =
          "Standard deviations of the peak model that are masked; auto: found from the images of"
              + " each sweep, 3 or more. Default: auto, with --mdx2-compatible 3.",
      showDefaultValue = Visibility.NEVER)
  private OptionalDouble sigmaCutoff;

  @Option(
      names = "--bins",
      paramLabel = "N,N,N",
      parameterConsumer = Numbers.ThreeIntegers.class,
      defaultValue = "10,10,10",
      description = "Frames, pixels along y and pixels along x of a bin of the background.")
  private Numbers.Values bins;

  @Option(
      names = "--valid-range",
      paramLabel = "MIN,MAX",
      parameterConsumer = Numbers.TwoIntegers.class,
      description = "Counts of the background outside of this range are left out.",
      showDefaultValue = Visibility.NEVER)
  private Numbers.Values validRange;

  @Option(
      names = "--outlier",
      paramLabel = "SIGMA",
      description =
          "Leave out observations farther from what is expected, on both sides; Infinity keeps all."
              + " Default: 5, with --mdx2-compatible Infinity.",
      showDefaultValue = Visibility.NEVER)
  private Double outlier;

  @Option(
      names = "--scaling",
      paramLabel = "MODEL",
      converter = ScalingName.class,
      description =
          "Scaling model: mca2020 (absorption, scale, offset, detector), scale (by rotation angle"
              + " alone), none. Default: mca2020, with --mdx2-compatible scale.",
      showDefaultValue = Visibility.NEVER)
  private ScalingName.Choice scaling;

  @Option(
      names = "--no-reindex",
      description =
          "Take the indexing of all sweeps as it is, even if it could be ambiguous; so always with"
              + " --mdx2-compatible.")
  private boolean asIndexed;

  @Option(
      names = "--split",
      paramLabel = "KIND",
      converter = SplitName.class,
      description =
          "Half-sets to merge apart, for CC1/2: random, weighted (half of the weight each), friedel,"
              + " none. Default: random, with --mdx2-compatible none.",
      showDefaultValue = Visibility.NEVER)
  private Split split;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another seed gives other random halves.")
  private long seed;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description =
          "With --mdx2-compatible: the geometry.nxs of a sweep, of which the Miller-index grid is"
              + " used as it stands; once for each sweep, in order.")
  private List<Path> geometry;

  @Option(
      names = "--keep",
      description =
          "Write every stage's file too: binned.nxs, and geometry, peaks, mask, integrated and"
              + " corrected.nxs in split_0, split_1, ….")
  private boolean keep;

  @Option(
      names = {"--out", "-o"},
      paramLabel = "DIR",
      defaultValue = "reduced",
      description = "Folder for the results; made if there is none.")
  private Path out;

  @Option(
      names = "--overwrite",
      description = "Delete what an earlier reduction left in the folder.")
  private boolean overwrite;

  @Option(
      names = "--report",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Write report.html: what was done, whether it is good, figures.")
  private boolean report;

  @Option(
      names = "--json",
      description = "Print the numbers of the summary as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StepTimes stopwatch = new StepTimes();
    Parallel parallel = common.parallel();
    ReductionOptions options = common.checked(this::options);
    CellTolerance tolerance = common.checked(cellTolerance::get);
    UnaryOperator<BackgroundOptions> binning =
        b -> BinImageSeriesCommand.options(bins, validRange).conventions(b.conventions());
    common.checked(() -> binning.apply(BackgroundOptions.defaults()));
    try (OutputFolder folder = OutputFolder.of(out)) {
      folder.requireWritable();
      EarlierResults earlier = EarlierResults.in(out);
      if (!overwrite) {
        earlier.requireNone();
      }
      List<Sweep> read = sweeps();
      ImageSeries blank = background == null ? null : Images.open(background);
      Sweeps sweeps =
          Mdx.sweeps(read, tolerance)
              .parallel(parallel)
              .progress(progress(read, blank))
              .conventions(compatibility.conventions());
      if (blank != null) {
        sweeps = sweeps.background(blank, binning);
      }
      folder.requireRoom(ResultSize.of(read, options.integration().ndiv(), keep));
      PrintWriter to = json ? new PrintWriter(Writer.nullWriter()) : common.out();
      ReductionLog log =
          new ReductionLog(to, stopwatch, folder, keep, compatibility.conventions())
              .from(names)
              .inPlaceOf(earlier);
      Reduction result = sweeps.reduce(options, log);
      new ResultWriter(folder, stopwatch)
          .write(result, new Summary(result, options, compatibility.conventions(), names), null);
      if (report) {
        ReportFile page = new ReportFile(common, folder.file(ReportFile.NAME));
        stopwatch.time("report", () -> page.write(result, options, names, null));
      }
      String done = ReductionLog.brief(result.merged().merged());
      to.println(done + "; see " + folder.file("summary.txt"));
      if (json) {
        common.out().println(JsonText.of(ReductionJson.of(result, names, stopwatch)));
      }
    }
    return 0;
  }

  private Progress progress(List<Sweep> read, ImageSeries blank) {
    List<Integer> frames = read.stream().map(s -> s.images().frames()).toList();
    return common.reduction(blank == null ? 0 : blank.frames(), frames);
  }

  private List<Sweep> sweeps() throws IOException {
    if (geometry != null && !compatibility.isOn()) {
      throw common.usage("--geometry is of use with --mdx2-compatible only");
    }
    List<Sweep> sweeps = new ArrayList<>();
    for (Path file : expt) {
      List<ImageSeries> held = Images.openAll(file);
      names.addAll(names(file, held.size()));
      for (ImageSeries images : held) {
        int i = sweeps.size();
        if (geometry == null && images.geometry().crystal().isEmpty()) {
          throw new MdxFormatException(
              file,
              "",
              "indexed sweeps",
              "images with no crystal",
              "index them with dials.index, and give its .expt");
        }
        sweeps.add(
            geometry != null && i < geometry.size()
                ? SweepFiles.withGeometryFile(geometry.get(i), file, images, Conventions.MDX2)
                : Sweep.of(images));
      }
    }
    if (geometry != null && geometry.size() != sweeps.size()) {
      throw common.usage(
          geometry.size()
              + " times --geometry for "
              + sweeps.size()
              + " sweeps; give one for each");
    }
    return sweeps;
  }

  /** What sweeps are called by the files that hold one each. */
  static List<String> names(List<Path> files, List<ImageSeries> sweeps) {
    List<String> names = new ArrayList<>();
    files.forEach(file -> names.addAll(names(file, sweeps.size() / files.size())));
    return names;
  }

  /** What the sweeps of a file are called: the file with its folder, and a number if need be. */
  private static List<String> names(Path file, int sweeps) {
    int n = file.getNameCount();
    String name = n > 2 ? file.subpath(n - 2, n).toString() : file.toString();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      names.add(sweeps == 1 ? name : name + " sweep " + i);
    }
    return names;
  }

  private ReductionOptions options() {
    ReductionOptions o =
        ReductionOptions.standard(compatibility.conventions())
            .subdivide(subdivide.integer(0), subdivide.integer(1), subdivide.integer(2))
            .merge(m -> m.seed(seed));
    o =
        o.bragg(
            new ReductionOptions.Bragg(
                countThreshold == null ? o.bragg().countThreshold() : countThreshold,
                sigmaCutoff == null ? o.bragg().sigmaCutoff() : sigmaCutoff));
    o = outlier == null ? o : o.merge(m -> m.outlier(outlier));
    o = split == null ? o : o.merge(m -> m.split(split));
    o = asIndexed ? o.reindex(false) : o;
    if (scaling == null) {
      return o;
    }
    return scaling.options().isPresent() ? o.scale(scaling.options().get()) : o.withoutScaling();
  }
}
