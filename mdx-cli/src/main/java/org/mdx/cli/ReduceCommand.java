package org.mdx.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.image.ImageSeries;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.io.MdxFormatException;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.merge.Split;
import org.mdx.pipeline.Sweep;
import org.mdx.table.Subdivision;
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
      "Leaves merged.nxs, map.nxs, slice_l0.png and summary.txt in the output folder."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ReduceCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

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
      required = true,
      description = "Pixels with more counts are taken for Bragg peaks.")
  private Integer countThreshold;

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
      defaultValue = "3",
      description = "Standard deviations of the peak model that are masked.")
  private double sigmaCutoff;

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
      defaultValue = "mca2020",
      converter = ScalingName.class,
      description =
          "Scaling model: mca2020 (absorption, scale, offset, detector), scale (by rotation angle"
              + " alone), none.")
  private ScalingName.Choice scaling;

  @Option(
      names = "--no-reindex",
      description = "Take the indexing of all sweeps as it is, even if it could be ambiguous.")
  private boolean asIndexed;

  @Option(
      names = "--split",
      paramLabel = "KIND",
      converter = SplitName.class,
      defaultValue = "random",
      description =
          "Half-sets to merge apart, for CC1/2: random, weighted (half of the weight each), friedel,"
              + " none.")
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
      required = true,
      description = "Folder for the results; made if there is none.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Stopwatch stopwatch = new Stopwatch();
    Reduction.Options options = common.checked(this::options);
    Reduction reduction =
        new Reduction(options, common.parallel(), common.progress(), common.out(), stopwatch);
    try (OutputFolder folder = OutputFolder.of(out)) {
      List<Sweep> sweeps = sweeps();
      ImageSeries blank = background == null ? null : Images.open(background);
      Reduction.Result result = reduction.run(sweeps, blank, folder, Reduction.Observer.NONE);
      new ResultWriter(folder, common.parallel(), stopwatch).write(result, options, null);
      common
          .out()
          .println(Reduction.brief(result.merged()) + "; see " + folder.file("summary.txt"));
    }
    return 0;
  }

  private List<Sweep> sweeps() throws IOException {
    if (geometry != null && !compatibility.isOn()) {
      throw common.usage("--geometry is of use with --mdx2-compatible only");
    }
    List<Sweep> sweeps = new ArrayList<>();
    for (Path file : expt) {
      for (ImageSeries images : Images.openAll(file)) {
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
                ? SweepFiles.withGeometryFile(geometry.get(i), file, images, true)
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

  private Reduction.Options options() {
    Subdivision ndiv =
        IntegrationOptions.defaults()
            .subdivide(subdivide.integer(0), subdivide.integer(1), subdivide.integer(2))
            .ndiv();
    if (countThreshold < 0) {
      throw new IllegalArgumentException(
          "--count-threshold " + countThreshold + ", must be 0 or more");
    }
    if (!(sigmaCutoff >= 0 && sigmaCutoff < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("--sigma-cutoff " + sigmaCutoff + ", must be 0 or more");
    }
    if (outlier != null && !(outlier > 0)) {
      throw new IllegalArgumentException("--outlier " + outlier + ", must be above 0");
    }
    return new Reduction.Options(
        countThreshold,
        sigmaCutoff,
        ndiv,
        BinImageSeriesCommand.options(bins, validRange).mdx2Compatible(compatibility.isOn()),
        split,
        seed,
        outlier == null ? defaultOutlier() : outlier,
        scaling.options(),
        !asIndexed,
        compatibility.isOn(),
        keep);
  }

  private double defaultOutlier() {
    return compatibility.isOn() ? Double.POSITIVE_INFINITY : Reduction.OUTLIER;
  }
}
