package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.Numbers;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.SpaceGroup;
import org.mdx.expand.MapOptions;
import org.mdx.expand.Mapper;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.map.ReciprocalMap;
import org.mdx.pipeline.FineMaps;
import org.mdx.pipeline.Sweep;
import org.mdx.reintegrate.HalfSets;
import org.mdx.reintegrate.ReintegrateOptions;
import org.mdx.reintegrate.Reintegration;
import org.mdx.scale.ScalingModel;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Makes a fine map of all sweeps with models that are known. */
@Command(
    name = "reintegrate",
    description = {
      "Sum the counts of one or more sweeps on another grid, corrected and scaled pixel by pixel.",
      "Sweeps are experiment lists; or pairs of geometry and images, as mdx2 has them."
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    showDefaultValues = true)
public final class ReintegrateCommand implements Callable<Integer> {

  /** Columns of sums of counts, which mdx2 writes by default. */
  private static final String[] COUNTS = {
    ColumnNames.COUNTS, ColumnNames.PIXELS, ColumnNames.SCALE, ColumnNames.BACKGROUND_COUNTS
  };

  /** Columns of intensities. */
  private static final String[] INTENSITY = {ColumnNames.INTENSITY, ColumnNames.INTENSITY_ERROR};

  /** What to write of each voxel. */
  private enum Output {
    ALL,
    COUNTS,
    INTENSITY
  }

  /** The names of half-sets, those of mdx2's merge included. */
  private static final class HalfSetsName implements ITypeConverter<HalfSets> {
    @Override
    public HalfSets convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "none" -> HalfSets.NONE;
        case "random", "randomhalf" -> HalfSets.RANDOM;
        case "friedel" -> HalfSets.FRIEDEL;
        default ->
            throw new TypeConversionException("'" + name + "' is none of none, random, friedel");
      };
    }
  }

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;
  @Mixin private CellToleranceOption cellTolerance;

  @Parameters(
      arity = "1..*",
      paramLabel = "SWEEP",
      description = "An .expt for each sweep or with several; or geometry.nxs and its .expt.")
  private List<Path> files;

  @Option(
      names = "--mask",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "mask.nxs of mask-peaks, one for each sweep; or of mdx2; without it nothing is masked.")
  private List<Path> mask = List.of();

  @Option(
      names = "--scale",
      arity = "1..*",
      paramLabel = "FILE",
      description = "scales.nxs of scale, or of mdx2, one for each sweep; else the scale is one.")
  private List<Path> scale = List.of();

  @Option(
      names = "--background",
      arity = "1..*",
      paramLabel = "FILE",
      description = "binned.nxs of bin-image-series, one for all sweeps or one for each.")
  private List<Path> background = List.of();

  @Option(
      names = "--subdivide",
      paramLabel = "N,N,N",
      defaultValue = "1,1,1",
      parameterConsumer = Numbers.ThreeIntegers.class,
      description = "Voxels along each unit of h, k and l.")
  private Numbers.Values subdivide;

  @Option(
      names = "--limits",
      paramLabel = "H1,H2,K1,K2,L1,L2",
      parameterConsumer = Numbers.SixReals.class,
      description = "Region to map, with its equivalents; without it all that the data reach.")
  private Numbers.Values limits;

  @Option(
      names = "--split",
      paramLabel = "KIND",
      converter = HalfSetsName.class,
      defaultValue = "none",
      description = "Map two halves apart as well: random, friedel.")
  private HalfSets split;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another seed gives other random halves.")
  private long seed;

  @Option(
      names = "--outlier",
      paramLabel = "SIGMA",
      description =
          "Leave out observations farther from the voxel's mean; the images are read twice.")
  private Double outlier;

  @Option(
      names = "--p1",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Make voxels equivalent by Friedel's law alone.")
  private boolean p1;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "Memory for the sums of voxels; a region that needs more is mapped in several passes."
              + " Default: a third of what the JVM may use.")
  private Integer memory;

  @Option(
      names = "--output",
      paramLabel = "COLUMNS",
      defaultValue = "all",
      description = "Which columns to write: all, counts or intensity.")
  private Output output;

  @Option(
      names = {"-o", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "reintegrated.nxs",
      description = "File to write the table to.")
  private Path outfile;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description = "File to write a dense map of the region given by --limits to.")
  private Path map;

  @Override
  public Integer call() throws IOException {
    ReintegrateOptions options = common.checked(this::options);
    if (map != null && (limits == null || output == Output.COUNTS)) {
      throw common.usage("--map needs --limits and an --output with intensities");
    }
    CellTolerance tolerance = common.checked(cellTolerance::get);
    List<FineMaps.Input> inputs = inputs();
    CorrectOptions correct =
        CorrectOptions.defaults().p1(p1).conventions(compatibility.conventions());
    Reintegration result =
        FineMaps.of(inputs, o -> options, correct, tolerance, common.parallel(), common.progress());
    Mdx2.writeTable(outfile, columns(result.table()));
    common.out().println(result);
    common.out().println("wrote " + outfile);
    if (map != null) {
      writeMap(inputs.get(0).sweep(), result.table());
    }
    return 0;
  }

  private ReintegrateOptions options() {
    ReintegrateOptions o =
        ReintegrateOptions.defaults()
            .subdivide(subdivide.integer(0), subdivide.integer(1), subdivide.integer(2))
            .split(split)
            .seed(seed)
            .outlier(outlier == null ? Double.POSITIVE_INFINITY : outlier)
            .conventions(compatibility.conventions());
    o = memory == null ? o : o.memory((long) memory << 20);
    return limits == null
        ? o
        : o.limits(
            limits.get(0),
            limits.get(1),
            limits.get(2),
            limits.get(3),
            limits.get(4),
            limits.get(5));
  }

  private List<FineMaps.Input> inputs() throws IOException {
    List<Sweep> sweeps = sweeps();
    requireOneEach("--mask", mask.size(), sweeps.size(), false);
    requireOneEach("--scale", scale.size(), sweeps.size(), false);
    requireOneEach("--background", background.size(), sweeps.size(), true);
    List<BinnedImageSeries> rates = new ArrayList<>();
    for (Path file : background) {
      rates.add(Mdx2.readBinned(file));
    }
    List<FineMaps.Input> inputs = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      if (!rates.isEmpty()) {
        rates
            .get(Math.min(i, rates.size() - 1))
            .attenuation(
                sweeps.get(i).geometry().scan().transmission(), compatibility.conventions())
            .ifPresent(note -> common.out().println("warning: " + note));
      }
      SweepFiles.Masked masked =
          SweepFiles.masked(
              sweeps.get(i), mask.isEmpty() ? Optional.empty() : Optional.of(mask.get(i)));
      inputs.add(
          new FineMaps.Input(
              masked.sweep(),
              masked.mask(),
              rates.isEmpty()
                  ? Optional.empty()
                  : Optional.of(rates.get(Math.min(i, rates.size() - 1))),
              scale.isEmpty() ? ScalingModel.IDENTITY : Mdx2.readScales(scale.get(i))));
    }
    return inputs;
  }

  private void requireOneEach(String option, int given, int sweeps, boolean oneForAll) {
    if (given != 0 && given != sweeps && !(oneForAll && given == 1)) {
      throw common.usage(
          option
              + " with "
              + given
              + (given == 1 ? " file for " : " files for ")
              + sweeps
              + (sweeps == 1 ? " sweep" : " sweeps")
              + ": give "
              + (oneForAll ? "one, or " : "")
              + "one for each, in the same order");
    }
  }

  /** Sweeps of experiment lists, and of pairs of geometry and images. */
  private List<Sweep> sweeps() throws IOException {
    List<Sweep> sweeps = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      boolean last = i + 1 == files.size();
      if (SweepFiles.isHdf5(file) && last) {
        throw common.usage(file + ": give the images of this geometry behind it");
      } else if (SweepFiles.isHdf5(file) || !last && file.equals(files.get(i + 1))) {
        sweeps.add(SweepFiles.sweep(file, files.get(++i), compatibility.conventions()));
      } else {
        for (ImageSeries images : Images.openAll(file)) {
          sweeps.add(Sweep.of(images));
        }
      }
    }
    return sweeps;
  }

  private HKLTable columns(HKLTable table) {
    return switch (output) {
      case ALL -> table;
      case INTENSITY -> table.without(COUNTS);
      case COUNTS -> {
        HKLTable t = table.without(ColumnNames.PIXELS, "count");
        for (String group : ColumnNames.prefixes()) {
          t = t.without(group + INTENSITY[0], group + INTENSITY[1], group + "count");
        }
        yield t;
      }
    };
  }

  private void writeMap(Sweep sweep, HKLTable table) throws IOException {
    MapOptions region =
        MapOptions.defaults()
            .limits(
                limits.get(0),
                limits.get(1),
                limits.get(2),
                limits.get(3),
                limits.get(4),
                limits.get(5));
    SpaceGroup group = p1 ? SpaceGroup.ofNumber(1) : sweep.crystal().spaceGroup();
    ReciprocalMap dense = Mapper.of(region).map(table, group.laueGroup(), common.parallel());
    Mdx2.writeMap(map, dense);
    common.out().println(dense);
    common.out().println("wrote " + map);
  }
}
