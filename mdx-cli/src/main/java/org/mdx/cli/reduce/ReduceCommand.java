package org.mdx.cli.reduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.mdx.Mdx;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.BraggCrystals;
import org.mdx.bragg.CrystalFailure;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.cli.figure.ReportFile;
import org.mdx.cli.stage.BinImageSeriesCommand;
import org.mdx.cli.stage.CellToleranceOption;
import org.mdx.cli.stage.MemoryOptions;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.Numbers;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.cli.value.AutoCutoff;
import org.mdx.cli.value.AutoThreshold;
import org.mdx.cli.value.ScalingName;
import org.mdx.cli.value.SplitName;
import org.mdx.correct.BackgroundOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageSeries;
import org.mdx.io.input.SweepFiles;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The whole job: from images to a merged map. */
@Command(
    name = "reduce",
    description = {
      "Reduce sweeps to one map of diffuse scattering.",
      "Sweeps are indexed experiment lists, or images: their crystals are found and refined first.",
      "Leaves merged.nxs, map.nxs, slice_l0.png, summary.txt and report.html in the output folder."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ReduceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;
  @Mixin private CellToleranceOption cellTolerance;
  @Mixin private MemoryOptions memory;
  @Mixin private SweepChoice one;

  @Parameters(
      arity = "1..*",
      paramLabel = "SWEEP",
      description =
          "Experiment lists; or image files, folders of them, templates such as xtal_####.cbf, or"
              + " 'xtal_*.cbf'.")
  private List<String> inputs;

  @ArgGroup(validate = false, heading = "%nFor sweeps without a crystal, such as images:%n")
  private final CrystalArguments crystal = new CrystalArguments();

  @Option(
      names = "--background",
      paramLabel = "SWEEP",
      description = "A sweep without a crystal: its experiment list, or its images.")
  private String background;

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
          "Half-sets to merge apart, for CC1/2: random, weighted (half of the weight each),"
              + " friedel, none. Default: random, with --mdx2-compatible none.",
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
              + " corrected.nxs in split_0, split_1, …; of images imported, indexed and"
              + " refined.expt with strong, indexed and refined.refl.")
  private boolean keep;

  @Option(
      names = {"-o", "--output", "--out"},
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
    memory.check(common);
    one.check(common);
    try (OutputFolder folder = OutputFolder.of(out);
        MemoryOptions room = memory) {
      folder.requireWritable();
      EarlierResults earlier = one.isOne() ? EarlierResults.beside(out) : EarlierResults.in(out);
      if (!overwrite) {
        earlier.requireNone();
      }
      PrintWriter to = json ? new PrintWriter(Writer.nullWriter()) : common.out();
      SweepInput input = input().read(inputs);
      one.requireFits(input, geometry != null, common);
      ImageSeries blank = blank(input);
      Progress progress = progress(input.images(), blank);
      CrystalSearch search = new CrystalSearch(to, stopwatch, input.names());
      Crystals found = crystals(input, search, progress);
      List<String> names = search.names();
      Sweeps sweeps = Mdx.sweeps(found.sweeps(), tolerance).parallel(parallel).progress(progress);
      sweeps = sweeps.conventions(compatibility.conventions());
      sweeps = blank == null ? sweeps : sweeps.background(blank, binning);
      boolean kept = keep || one.isOne();
      folder.requireRoom(ResultSize.of(found.sweeps(), options.integration().ndiv(), kept));
      ReductionLog log =
          new ReductionLog(to, stopwatch, folder, keep, compatibility.conventions())
              .from(names)
              .within(room.budget())
              .inPlaceOf(earlier);
      sweeps = one.parts(sweeps.scratch(room.space(out)), out, overwrite);
      if (one.isOne()) {
        one.reduce(sweeps, options, log, json, common.out());
        return 0;
      }
      if (keep) {
        log.found(() -> StageFiles.write(folder, found.crystals(), input.experiments()));
      }
      Reduction result = sweeps.reduce(options, log);
      Summary summary = new Summary(result, options, log.conventions(), names).after(found.told());
      new ResultWriter(folder, stopwatch).write(result, summary, null);
      if (report) {
        ReportFile page = new ReportFile(common, folder.file(ReportFile.NAME));
        stopwatch.time("report", () -> page.write(result, options, names, log.extras()));
      }
      String done = ReductionLog.brief(result.merged().merged());
      to.println(done + "; see " + folder.file("summary.txt"));
      if (json) {
        print(ReductionJson.of(result, names, stopwatch), found);
      }
    } catch (CrystalFailure e) {
      return told(e);
    }
    return 0;
  }

  private void print(Map<String, Object> numbers, Crystals found) {
    numbers.putAll(CrystalJson.of(found.crystals()));
    common.out().println(JsonText.of(numbers));
  }

  private int told(CrystalFailure e) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + e.getMessage());
    err.println("  the stage by itself, with all its options: mdx " + e.command());
    return 1;
  }

  private SweepInput input() throws IOException {
    return new SweepInput(
        common.checked(crystal::values), crystal.profile(), common.parallel(), common.progress());
  }

  /** The background, which must serve for all sweeps; null if there is none. */
  private ImageSeries blank(SweepInput input) throws IOException {
    if (background == null) {
      return null;
    }
    ImageSeries blank = input().readOne(background);
    if (geometry == null) {
      input.images().forEach(i -> Sweeps.requireBackground(blank, i));
    }
    return blank;
  }

  private Progress progress(List<ImageSeries> read, ImageSeries blank) {
    List<Integer> sought = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      if (geometry == null && read.get(i).geometry().crystal().isEmpty()) {
        sought.add(i);
      }
    }
    List<Integer> frames = read.stream().map(ImageSeries::frames).toList();
    return common.reduction(blank == null ? 0 : blank.frames(), frames, sought);
  }

  /**
   * Sweeps with their crystals.
   *
   * @param sweeps for the reduction
   * @param crystals how they were found; null where grids of mdx2 tell the geometry
   * @param told lines for the summary
   */
  private record Crystals(List<Sweep> sweeps, BraggCrystals crystals, List<String> told) {}

  private Crystals crystals(SweepInput input, CrystalSearch search, Progress progress)
      throws IOException {
    if (geometry != null) {
      return new Crystals(withGrids(input), null, List.of());
    }
    search.imported(input.notes());
    IndexOptions indexing = common.checked(crystal::indexing);
    SpotOptions spots = common.checked(crystal::spots);
    BraggCrystals all =
        Bragg.crystals(input.images())
            .known(crystal.known())
            .parallel(common.parallel())
            .progress(progress);
    all = crystal.isJoint() ? all.joint() : all;
    if (!all.isComplete()) {
      all = search.run(all, spots, indexing);
    }
    return new Crystals(all.toSweeps(), all, search.told());
  }

  private List<Sweep> withGrids(SweepInput input) throws IOException {
    if (!compatibility.isOn()) {
      throw common.usage("--geometry is of use with --mdx2-compatible only");
    }
    if (geometry.size() != input.images().size()) {
      throw common.usage(
          geometry.size()
              + " times --geometry for "
              + input.images().size()
              + " sweeps; give one for each");
    }
    List<Sweep> sweeps = new ArrayList<>();
    for (int i = 0; i < geometry.size(); i++) {
      sweeps.add(
          SweepFiles.withGeometryFile(
              geometry.get(i),
              Path.of(inputs.get(Math.min(i, inputs.size() - 1))),
              input.images().get(i),
              Conventions.MDX2));
    }
    return sweeps;
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
