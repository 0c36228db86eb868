package org.mdx.bench.study;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.crystal.Crystal;
import org.mdx.image.BinnedImageSeries;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Scaled;
import org.mdx.scaling.ScalingOptions;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/**
 * Correlation with the truth of what {@code mdx reduce --keep} made of sweeps of {@code mdx
 * simulate --preset PILATUS_2M --frames 150 --sweeps 2 --seed N}, scaled with all four terms and
 * merged, by shells of resolution, of all and without the isotropic part: as counted, and with each
 * count kept with a probability of a quarter and a sixteenth. Of Poisson counts these are the
 * counts of shorter exposures. Peaks and background stay those of the full exposure.
 *
 * <p>Arguments: the folder of the reduction, the seed, and shares of the counts to keep, if not
 * these three. The truth of its voxels is left in the folder as {@code truth.nxs}, where another
 * run takes it from.
 */
public final class ThinnedStudy {
  private static final double[] KEPT = {1, 0.25, 0.0625};
  private static final String TRUTH = "truth";
  private static final double EXCLUDED = 4;
  private static final int POINTS = 4;

  private final Path folder;
  private final double[] shares;
  private final SimulationOptions options;
  private final Parallel parallel = Parallel.available();

  private ThinnedStudy(Path folder, long seed, double[] shares) {
    this.folder = folder;
    this.shares = shares;
    options = SimulationOptions.pilatus2M().withSweeps(2).withSeed(seed);
  }

  /**
   * Runs the study.
   *
   * @param args folder, seed and shares
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    double[] shares = Arrays.stream(args).skip(2).mapToDouble(Double::parseDouble).toArray();
    new ThinnedStudy(Path.of(args[0]), Long.parseLong(args[1]), shares.length > 0 ? shares : KEPT)
        .run();
  }

  private void run() throws IOException {
    for (double kept : shares) {
      Corrected corrected = corrected(kept);
      long start = System.nanoTime();
      double processor = processor();
      Scaled scaled = corrected.scale(ScalingOptions.mca2020());
      processor = processor() - processor;
      double wall = 1e-9 * (System.nanoTime() - start);
      HKLTable merged = scaled.merge(m -> MergeOptions.defaults()).table();
      double[][] correlation = correlations(merged, truth(merged));
      System.out.printf(
          Locale.ROOT,
          "kept %.4f: χ² %.4f, %d cycles, %.2f s of the processors, %.2f s%n",
          kept,
          scaled.scaling().orElseThrow().chiSquare(),
          scaled.scaling().orElseThrow().cycles().size(),
          processor,
          wall);
      for (int s = 0; s < correlation.length; s++) {
        System.out.printf(
            Locale.ROOT,
            "%.2f–%.2f %.5f %.5f%n",
            MapScore.SHELLS[s],
            MapScore.SHELLS[s + 1],
            correlation[s][0],
            correlation[s][1]);
      }
    }
  }

  private static double processor() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return 1e-9 * system.getProcessCpuTime();
  }

  private Corrected corrected(double kept) throws IOException {
    BinnedImageSeries background = Mdx2.readBinned(folder.resolve("binned.nxs"));
    List<HKLTable> tables = new ArrayList<>();
    Simulation simulation = Simulation.of(options);
    for (int t = 0; t < options.sweeps(); t++) {
      Path split = folder.resolve("split_" + t);
      HKLTable table = thinned(Mdx2.readTable(split.resolve("integrated.nxs")), kept, t);
      tables.add(
          Corrector.correct(
              table,
              simulation.sweeps().get(t).geometry(),
              background,
              CorrectOptions.defaults(),
              parallel));
    }
    Crystal crystal = simulation.sweeps().get(0).geometry().crystal().orElseThrow();
    return Corrected.of(crystal, tables, parallel);
  }

  /** Each count is kept with a probability. */
  private static HKLTable thinned(HKLTable table, double kept, int sweep) {
    if (kept == 1) {
      return table;
    }
    Random random = new Random(7 + sweep);
    Column counts = table.column(ColumnNames.COUNTS);
    Column seconds = table.column(ColumnNames.SECONDS);
    int[] some = new int[table.rows()];
    double[] shorter = new double[some.length];
    for (int i = 0; i < some.length; i++) {
      for (int n = (int) counts.get(i); n > 0; n--) {
        some[i] += random.nextDouble() < kept ? 1 : 0;
      }
      shorter[i] = kept * seconds.get(i);
    }
    return table
        .with(ColumnNames.COUNTS, IntColumn.of(some))
        .with(ColumnNames.SECONDS, DoubleColumn.of(shorter));
  }

  /** The intensity of the model for each row of a merged table. */
  private double[] truth(HKLTable merged) throws IOException {
    Path file = folder.resolve("truth.nxs");
    if (!Files.exists(file)) {
      Mdx2.writeTable(file, merged.with(TRUTH, FloatColumn.of(model(merged))));
    }
    HKLTable table = Mdx2.readTable(file, List.of(TRUTH));
    int[] rows = merged.rowsIn(table);
    double[] truth = new double[rows.length];
    Arrays.setAll(truth, i -> rows[i] < 0 ? Double.NaN : table.column(TRUTH).get(rows[i]));
    return truth;
  }

  private float[] model(HKLTable merged) {
    Simulation simulation = Simulation.of(options);
    double excluded = EXCLUDED * simulation.model().parameters().peakSigma();
    HKLGroups groups = merged.groups();
    float[] truth = new float[merged.rows()];
    int block = 1024;
    parallel.forEach(
        (truth.length + block - 1) / block,
        b -> {
          for (int g = b * block; g < Math.min(truth.length, (b + 1) * block); g++) {
            truth[groups.row(groups.start(g))] =
                (float)
                    simulation
                        .model()
                        .voxel(
                            groups.h(g), groups.k(g), groups.l(g), merged.ndiv(), excluded, POINTS);
          }
        });
    return truth;
  }

  /** Of each shell the correlation of all, and without the mean of each thin shell. */
  private double[][] correlations(HKLTable merged, double[] truth) {
    double[] length = ShellStatistics.of(options.cell(), options.spaceGroup()).lengths(merged);
    Column intensity = merged.column(ColumnNames.INTENSITY);
    double[][] out = new double[MapScore.SHELLS.length - 1][2];
    for (int s = 0; s < out.length; s++) {
      int[] rows = new int[length.length];
      int n = 0;
      for (int i = 0; i < length.length; i++) {
        boolean inside = length[i] >= MapScore.SHELLS[s] && length[i] < MapScore.SHELLS[s + 1];
        if (inside && !Double.isNaN(intensity.get(i)) && !Double.isNaN(truth[i])) {
          rows[n++] = i;
        }
      }
      double[] m = Arrays.stream(rows, 0, n).mapToDouble(intensity::get).toArray();
      double[] t = Arrays.stream(rows, 0, n).mapToDouble(i -> truth[i]).toArray();
      int[] thin = Arrays.stream(rows, 0, n).map(i -> (int) (length[i] / MapScore.THIN)).toArray();
      out[s][0] = MapScore.correlate(m, t);
      out[s][1] = MapScore.correlate(MapScore.anisotropic(m, thin), MapScore.anisotropic(t, thin));
    }
    return out;
  }
}
