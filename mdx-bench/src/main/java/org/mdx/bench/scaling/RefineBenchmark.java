package org.mdx.bench.scaling;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mdx.bench.SetUp;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scaling.Scaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;
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

/** The refinement of all four terms on two sweeps, one cycle of each kind. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class RefineBenchmark {
  private static final long SEED = 20261121;
  private static final double DEGREES = 20;
  private static final int PIXELS = 400;

  private static final ScalingOptions OPTIONS =
      ScalingOptions.mca2020()
          .conventions(Conventions.MDX2)
          .absorption(t -> t.points(6, 6).cycles(1, 0).outlier(Double.POSITIVE_INFINITY))
          .scale(t -> t.cycles(1, 0).outlier(Double.POSITIVE_INFINITY))
          .offset(t -> t.points(12, 2).cycles(1, 0).outlier(Double.POSITIVE_INFINITY))
          .detector(t -> t.points(20, 20).cycles(1, 0).outlier(Double.POSITIVE_INFINITY));

  /** Observations of each sweep, about 30 of each voxel. */
  @Param({"3000", "30000", "300000"})
  public int observations;

  private List<HKLTable> tables;
  private Scaling first;

  /** A benchmark whose fields JMH fills. */
  public RefineBenchmark() {}

  /** Refines both ways and compares all control points. */
  @Setup(Level.Trial)
  public void setUp() {
    Random random = new Random(SEED);
    tables = List.of(sweep(random, 1), sweep(random, 0.6));
    first = fast();
    SetUp.require(first.singletons() == 0, first.singletons() + " voxels seen once");
    TextbookScaling twin = naive();
    for (int t = 0; t < tables.size(); t++) {
      List<double[]> expected = twin.values(t);
      for (int term = 0; term < expected.size(); term++) {
        double[] actual = first.models().get(t).terms().get(term).grid().values();
        for (int p = 0; p < actual.length; p++) {
          double difference = Math.abs(actual[p] - expected.get(term)[p]);
          SetUp.require(
              difference < 1e-6 * Math.max(1, Math.abs(actual[p])),
              "point " + p + " of term " + term + " differs by " + difference);
        }
      }
    }
  }

  private HKLTable sweep(Random random, double strength) {
    int[][] hkl = new int[3][observations];
    float[][] x = new float[6][observations];
    int voxels = observations / 15;
    for (int i = 0; i < observations; i++) {
      int voxel = random.nextInt(voxels);
      hkl[0][i] = voxel / 100;
      hkl[1][i] = voxel % 100;
      double phi = DEGREES * random.nextDouble();
      double s = 0.1 + 0.4 * voxel / voxels;
      double u = random.nextDouble();
      double v = random.nextDouble();
      double scale = strength * (1 + 0.3 * Math.sin(phi / 5));
      double offset = 30 * Math.exp(-20 * (s - 0.3) * (s - 0.3));
      double absorption = 1 + 0.05 * Math.cos(9 * u + phi / 8);
      double detector = 1 + 0.05 * Math.sin(20 * v);
      double expected =
          absorption * detector * (scale * (100 + 40 * Math.sin(0.7 * voxel)) + offset);
      x[0][i] = (float) phi;
      x[1][i] = (float) s;
      x[2][i] = (float) (PIXELS * u);
      x[3][i] = (float) (PIXELS * v);
      x[5][i] = 5;
      x[4][i] = (float) (expected + x[5][i] * random.nextGaussian());
    }
    String[] names = {
      ColumnNames.PHI,
      ColumnNames.S,
      ColumnNames.IX,
      ColumnNames.IY,
      ColumnNames.INTENSITY,
      ColumnNames.INTENSITY_ERROR
    };
    HKLTable table =
        HKLTable.of(
            new Subdivision(3, 3, 3),
            IntColumn.of(hkl[0]),
            IntColumn.of(hkl[1]),
            IntColumn.of(hkl[2]));
    for (int i = 0; i < names.length; i++) {
      table = table.with(names[i], FloatColumn.of(x[i]));
    }
    return table;
  }

  /**
   * The library's refinement, in one thread.
   *
   * @return models of both sweeps
   */
  @Benchmark
  public Scaling fast() {
    return ScalingRefiner.of(OPTIONS).refine(tables, Parallel.of(1), Progress.NONE);
  }

  /**
   * A design matrix in each cycle.
   *
   * @return the terms
   */
  @Benchmark
  public TextbookScaling naive() {
    TextbookScaling scaling = new TextbookScaling(tables, first);
    scaling.refine();
    return scaling;
  }
}
