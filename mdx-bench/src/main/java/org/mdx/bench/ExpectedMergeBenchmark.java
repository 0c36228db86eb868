package org.mdx.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Means weighted by the counts expected of each voxel, and those of two random halves. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class ExpectedMergeBenchmark {
  private static final long SEED = 20261121;
  private static final double SHELL = 0.01;

  /** Edge of the cube of indices: 9,261, 300,763 or 3,048,625 rows. */
  @Param({"21", "67", "145"})
  public int edge;

  private HKLTable table;

  /** A benchmark whose fields JMH fills. */
  public ExpectedMergeBenchmark() {}

  /** Merges the table both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    table = observations();
    HKLTable merged = fast().table();
    Map<Voxel, double[]> twin = naive();
    SetUp.require(merged.rows() == twin.size(), merged.rows() + " and " + twin.size() + " voxels");
    Column mean = merged.column(ColumnNames.INTENSITY);
    Column error = merged.column(ColumnNames.INTENSITY_ERROR);
    Column count = merged.column(ColumnNames.COUNT);
    Column[] half = new Column[2];
    Column[] halfError = new Column[2];
    for (int j = 0; j < 2; j++) {
      half[j] = merged.column("group_" + j + "_intensity");
      halfError[j] = merged.column("group_" + j + "_intensity_error");
    }
    int i = 0;
    for (Map.Entry<Voxel, double[]> entry : twin.entrySet()) {
      Voxel voxel = new Voxel(merged.h().value(i), merged.k().value(i), merged.l().value(i));
      double[] sums = entry.getValue();
      SetUp.require(voxel.equals(entry.getKey()), voxel + " and " + entry.getKey());
      boolean same = SetUp.near(mean.get(i), (sums[1] + sums[3]) / (sums[0] + sums[2]));
      SetUp.require(same, "mean of " + voxel);
      same = SetUp.near(error.get(i), 1 / Math.sqrt(sums[0] + sums[2]));
      SetUp.require(same, "error of " + voxel);
      // halves are drawn differently: together they must give the whole
      double w = 0;
      double wi = 0;
      for (int j = 0; j < 2 && count.get(i) > 1; j++) {
        double own = 1 / (halfError[j].get(i) * halfError[j].get(i));
        w += own;
        wi += own * half[j].get(i);
      }
      SetUp.require(w == 0 || SetUp.near(wi / w, mean.get(i)), "halves of " + voxel);
      i++;
    }
  }

  /** Few counts over a background. */
  private HKLTable observations() {
    HKLTable t = new SyntheticTable(edge).observations();
    Random random = new Random(SEED);
    float[][] x = new float[4][t.rows()];
    for (int i = 0; i < t.rows(); i++) {
      double h = t.h().value(i);
      double k = t.k().value(i);
      double l = t.l().value(i);
      double s = Math.sqrt(h * h + k * k + l * l) / 200;
      double perCount = 0.5 + random.nextDouble();
      double background = 2 + random.nextDouble();
      double signal = 20 * Math.exp(-5 * s) * (1 + 0.3 * Math.sin(h + k * l));
      double variance = background + perCount * signal;
      x[0][i] = (float) (signal + Math.sqrt(variance) * random.nextGaussian());
      x[1][i] = (float) background;
      x[2][i] = (float) perCount;
      x[3][i] = (float) s;
    }
    return t.with(ColumnNames.INTENSITY, FloatColumn.of(x[0]))
        .with(ColumnNames.BACKGROUND_VARIANCE, FloatColumn.of(x[1]))
        .with(ColumnNames.VARIANCE_PER_INTENSITY, FloatColumn.of(x[2]))
        .with(ColumnNames.S, FloatColumn.of(x[3]));
  }

  /**
   * The library's merging, in one thread.
   *
   * @return the merged table
   */
  @Benchmark
  public Merged fast() {
    return Merger.of(MergeOptions.defaults().split(Split.RANDOM))
        .merge(List.of(table), Parallel.of(1));
  }

  /** An observation, v0 + v1·I its variance. */
  private record Observation(double intensity, double v0, double v1, double s) {}

  /** The sum of what the observations of a voxel say. */
  private record Known(double exposure, double counts, double background, int shell) {}

  /**
   * A hash map from voxel to observations; shells, expectations, a shuffle and sums, one after the
   * other; sorted.
   *
   * @return Σw and Σw·I of each half of each voxel in the order of voxels
   */
  @Benchmark
  public Map<Voxel, double[]> naive() {
    Map<Voxel, List<Observation>> voxels = gather();
    Map<Voxel, Known> known = new HashMap<>();
    Map<Integer, double[]> shells = new HashMap<>();
    voxels.forEach(
        (voxel, list) -> {
          double exposure = list.stream().mapToDouble(o -> 1 / o.v1).sum();
          double counts = list.stream().mapToDouble(o -> o.intensity / o.v1).sum();
          double background = list.stream().mapToDouble(o -> o.v0 / (o.v1 * o.v1)).sum();
          Known k = new Known(exposure, counts, background, (int) (list.get(0).s / SHELL));
          known.put(voxel, k);
          double[] sums = shells.computeIfAbsent(k.shell, n -> new double[5]);
          double[] terms = {exposure, counts, counts * counts / exposure, background / exposure, 1};
          for (int i = 0; i < sums.length; i++) {
            sums[i] += terms[i];
          }
        });
    Random random = new Random(SEED);
    Map<Voxel, double[]> result = new TreeMap<>();
    voxels.forEach(
        (voxel, list) -> {
          Known k = known.get(voxel);
          double expected = expectation(k, shells.get(k.shell));
          Collections.shuffle(list, random);
          double[] sums = new double[4];
          for (int i = 0; i < list.size(); i++) {
            Observation o = list.get(i);
            double w = 1 / (o.v0 + o.v1 * expected);
            int half = i < list.size() / 2 ? 0 : 2;
            sums[half] += w;
            sums[half + 1] += w * o.intensity;
          }
          result.put(voxel, sums);
        });
    return result;
  }

  private Map<Voxel, List<Observation>> gather() {
    Column[] columns = {
      table.column(ColumnNames.INTENSITY),
      table.column(ColumnNames.BACKGROUND_VARIANCE),
      table.column(ColumnNames.VARIANCE_PER_INTENSITY),
      table.column(ColumnNames.S)
    };
    Map<Voxel, List<Observation>> voxels = new HashMap<>();
    for (int i = 0; i < table.rows(); i++) {
      Voxel voxel = new Voxel(table.h().value(i), table.k().value(i), table.l().value(i));
      voxels
          .computeIfAbsent(voxel, v -> new ArrayList<>())
          .add(
              new Observation(
                  columns[0].get(i), columns[1].get(i), columns[2].get(i), columns[3].get(i)));
    }
    return voxels;
  }

  /**
   * The best linear estimate from a voxel's own counts and its shell, within three standard
   * deviations of what was measured.
   */
  private static double expectation(Known k, double[] shell) {
    double mean = Math.max(shell[1], 1) / shell[0];
    double scatter = shell[2] - 2 * mean * shell[1] + mean * mean * shell[0];
    double variance = Math.max(0, (scatter - mean * shell[4] - shell[3]) / shell[0]);
    double own = k.counts / k.exposure;
    double noise = (mean + k.background / k.exposure) / k.exposure;
    double e = mean + (own - mean) * variance / (variance + noise);
    double v0 = k.background / (k.exposure * k.exposure);
    double v1 = 1 / k.exposure;
    // I = E ± 3 √(v0 + v1 E), solved for E
    double reach = Math.sqrt(Math.max(0, 9 * (v0 + v1 * own) + 81 * v1 * v1 / 4));
    double lowest = own + 4.5 * v1 - reach;
    double highest = own + 4.5 * v1 + reach;
    e = own > e ? Math.max(e, lowest) : Math.min(e, highest);
    return Math.max(e, 1 / (k.exposure + 1 / mean));
  }
}
