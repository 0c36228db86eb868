package org.mdx.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.io.input.Images;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.Merged;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Corrected;
import org.mdx.reindex.IndexingAmbiguity;
import org.mdx.reindex.ReindexOptions;
import org.mdx.reindex.Reindexing;
import org.mdx.reindex.SweepSignal;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.NothingToScaleException;
import org.mdx.scaling.Scaling;
import org.mdx.table.TableCells;

/**
 * Reduces sweeps on a Spark cluster: each sweep is a task, corrected tables are Parquet files in a
 * folder of any Hadoop file system, where a second run goes on, and ranges of voxels are merged
 * side by side. The merged table has the bits that {@code mdx reduce} gives with the same settings,
 * whatever the number of partitions and whether or not an executor was lost on the way. Immutable.
 *
 * <p>Scaling has the observations in the memory of the executors, 26 to 32 bytes for each and up to
 * 18 for each voxel; sums of normal equations go to the driver, which has the voxels of all sweeps,
 * a sample of the observations and one sweep's table at a time in its memory.
 */
public final class SparkReduction {
  private final SparkSession spark;
  private final String work;
  private final String background;
  private final SparkSettings settings;
  private final int ranges;

  private SparkReduction(
      SparkSession spark, String work, String background, SparkSettings settings, int ranges) {
    this.spark = spark;
    this.work = work;
    this.background = background;
    this.settings = settings;
    this.ranges = ranges;
  }

  /**
   * A reduction with the settings of {@code mdx reduce}.
   *
   * @param spark a session
   * @param work address of a folder for the tables between stages
   * @return the reduction
   */
  public static SparkReduction of(SparkSession spark, String work) {
    int ranges = Math.max(2, spark.sparkContext().defaultParallelism());
    return new SparkReduction(spark, work, null, SparkSettings.defaults(), ranges);
  }

  /**
   * With other settings.
   *
   * @param other how sweeps are reduced
   * @return a new reduction
   */
  public SparkReduction settings(SparkSettings other) {
    other.reduction();
    return new SparkReduction(spark, work, background, other, ranges);
  }

  /**
   * With a background, which the driver bins.
   *
   * @param address of an experiment list without a crystal, or null for none
   * @return a new reduction
   */
  public SparkReduction background(String address) {
    return new SparkReduction(spark, work, address, settings, ranges);
  }

  /**
   * With another number of ranges of voxels that are merged side by side, and of partitions that
   * hold the observations of scaling: up to 32 of these.
   *
   * @param number 1 or more; the result does not depend on it
   * @return a new reduction
   * @throws IllegalArgumentException if it is below 1
   */
  public SparkReduction ranges(int number) {
    if (number < 1) {
      throw new IllegalArgumentException(number + " ranges, must be 1 or more");
    }
    return new SparkReduction(spark, work, background, settings, number);
  }

  /**
   * The outcome.
   *
   * @param merged merged intensities
   * @param models scaling model of each sweep; empty if they were not scaled
   * @param scaling how they were refined; empty if they were not
   * @param notScaled why they were not, although it was wanted
   * @param notHeld that executors had no room for all observations of scaling, and what to change;
   *     empty if they had
   * @param reindexing which sweeps were reindexed; empty if that was not looked at
   * @param crystal cell and symmetry, those of the first sweep
   */
  public record Result(
      Merged merged,
      List<ScalingModel> models,
      Optional<Scaling> scaling,
      Optional<String> notScaled,
      Optional<String> notHeld,
      Optional<Reindexing> reindexing,
      Crystal crystal) {

    /**
     * What speaks against the errors or the models, as {@code mdx reduce} says it, and what made
     * the reduction slow.
     *
     * @return warnings, empty if there are none
     */
    public List<String> doubts() {
      return Stream.of(notHeld, scaling.flatMap(Scaling::doubt), merged.doubt())
          .flatMap(Optional::stream)
          .toList();
    }

    @Override
    public String toString() {
      return "Result[" + merged + ", " + models.size() + " scaling models]";
    }
  }

  /**
   * Reduces sweeps.
   *
   * @param addresses of their experiment lists, each of one indexed sweep; one on another file
   *     system than the machines' own is fetched with all that lies in its folder
   * @return merged intensities
   * @throws IOException if a file cannot be read, or a table not be written
   * @throws IllegalArgumentException if there is no sweep, Laue groups or cells differ, the folder
   *     for work holds other tables, or as {@link org.mdx.pipeline.Sweeps#reduce()}
   */
  public Result reduce(List<String> addresses) throws IOException {
    List<Crystal> crystals = crystals(addresses);
    Crystal first = crystals.get(0);
    String inputs = inputs(addresses);
    SparkTables tables =
        new SparkTables(spark, work + "/corrected", addresses.size(), settings.subdivision());
    if (!tables.isComplete(inputs)) {
      byte[] rates = background == null ? null : rates();
      tables.write(addresses, new SweepWork(settings, rates, threads()), inputs);
    }
    Optional<Reindexing> reindexing = reindexing(first, tables, addresses.size());
    List<ChangeOfBasis> operators =
        IntStream.range(0, addresses.size())
            .mapToObj(i -> reindexing.map(r -> r.operator(i)).orElse(ChangeOfBasis.IDENTITY))
            .toList();
    List<Optional<UnitCell>> cells = new ArrayList<>();
    for (int i = 0; i < crystals.size(); i++) {
      cells.add(
          Optional.of(crystals.get(i).reindexed(operators.get(i), first.spaceGroup()).cell()));
    }
    TableCells.requireAlike(cells, CellTolerance.defaults());
    Crystal crystal = first.reindexed(operators.get(0), first.spaceGroup());
    Optional<SparkScaling.Scaled> scaled = Optional.empty();
    Optional<String> notScaled = Optional.empty();
    if (settings.scaled()) {
      try {
        scaled = Optional.of(scale(tables, operators, first));
      } catch (NothingToScaleException e) {
        notScaled = Optional.of(e.getMessage());
      }
    }
    Optional<Scaling> scaling = scaled.map(SparkScaling.Scaled::scaling);
    List<ScalingModel> models = scaling.map(Scaling::models).orElse(List.of());
    Merged merged =
        new SparkMerge(spark, settings, ranges, threads())
            .merge(tables, operators, models, crystal);
    Optional<String> notHeld = scaled.flatMap(SparkScaling.Scaled::notHeld);
    return new Result(merged, models, scaling, notScaled, notHeld, reindexing, crystal);
  }

  private int threads() {
    return Math.max(1, spark.sparkContext().conf().getInt("spark.task.cpus", 1));
  }

  private String inputs(List<String> addresses) {
    return settings + "\n" + background + "\n" + String.join("\n", addresses) + "\n";
  }

  private static List<Crystal> crystals(List<String> addresses) throws IOException {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no sweep to reduce");
    }
    List<Crystal> crystals = new ArrayList<>();
    List<Corrected> parts = new ArrayList<>();
    try (RemoteFiles files = RemoteFiles.open()) {
      for (String address : addresses) {
        if (addresses.indexOf(address) != crystals.size()) {
          throw new IllegalArgumentException(address + " is given twice: give each sweep once");
        }
        crystals.add(SweepFiles.crystal(files.alone(address)));
        parts.add(Corrected.of(crystals.get(crystals.size() - 1), List.of()));
      }
    }
    Corrected.join(parts); // refuses different Laue groups
    return crystals;
  }

  /** The binned background as a file's bytes. */
  private byte[] rates() throws IOException {
    try (RemoteFiles files = RemoteFiles.open()) {
      Path list = files.withNeighbours(background);
      Path binned = files.folder().resolve("binned.nxs");
      Mdx2.writeBinned(
          binned,
          BackgroundBinner.bin(
              Images.open(list),
              settings.background(BackgroundOptions.defaults()),
              Parallel.available(),
              Progress.NONE));
      return Files.readAllBytes(binned);
    }
  }

  private Optional<Reindexing> reindexing(Crystal crystal, SparkTables tables, int sweeps) {
    if (!settings.reindexed() || sweeps < 2) {
      return Optional.empty();
    }
    IndexingAmbiguity ambiguity =
        IndexingAmbiguity.of(crystal.cell(), crystal.spaceGroup(), ReindexOptions.defaults());
    List<SweepSignal> signals = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      signals.add(ambiguity.signal(String.valueOf(i), tables.read(i)));
    }
    return Optional.of(ambiguity.resolve(signals, Parallel.available()));
  }

  private SparkScaling.Scaled scale(
      SparkTables tables, List<ChangeOfBasis> operators, Crystal crystal) {
    return new SparkScaling(spark, ranges, threads())
        .scale(
            settings.reduction().combination().scaling().orElseThrow(),
            SparkMerge.reindexed(tables, operators, crystal));
  }

  @Override
  public String toString() {
    return "SparkReduction[" + settings + ", work in " + work + "]";
  }
}
