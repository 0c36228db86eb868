package org.mdx.bench.scaling;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mdx.bench.SetUp;
import org.mdx.internal.kernel.ConjugateGradient;
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

/** The solution of the detector term's equations, smoothness included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class SolverBenchmark {
  private static final long SEED = 20261121;
  private static final double TOLERANCE = 1e-11;
  private static final int ITERATIONS = 20_000;

  /** Points along each edge of the grid: 400, 1,600 or 40,000 unknowns. */
  @Param({"20", "40", "200"})
  public int edge;

  private int[] offset;
  private double[][] diagonals;
  private double[] y;
  private double[] u;

  /** A benchmark whose fields JMH fills. */
  public SolverBenchmark() {}

  /** Sets the equations up, solves them both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    int n = edge * edge;
    Map<Integer, double[]> matrix = new TreeMap<>();
    matrix.put(0, new double[n]);
    y = new double[n];
    u = new double[n];
    addObservations(matrix);
    double sum = 0;
    for (double v : matrix.get(0)) {
      sum += v;
    }
    addSmoothness(matrix, sum);
    offset = matrix.keySet().stream().mapToInt(i -> i).toArray();
    diagonals = matrix.values().toArray(new double[0][]);
    double[] expected = naive();
    double[] actual = fast();
    for (int p = 0; p < n; p++) {
      // what lies behind the beam stop is held by smoothness alone, and so less well
      boolean near = Math.abs(actual[p] - expected[p]) < 1e-5;
      SetUp.require(near, "point " + p + ": " + actual[p] + " and " + expected[p]);
    }
  }

  /** Fifteen observations for each point but none behind a beam stop. */
  private void addObservations(Map<Integer, double[]> matrix) {
    Random random = new Random(SEED);
    for (int i = 0; i < 15 * edge * edge; i++) {
      double fx = (edge - 1) * random.nextDouble();
      double fy = (edge - 1) * random.nextDouble();
      double middle = (edge - 1) / 2.0;
      if (Math.hypot(fx - middle, fy - middle) < 0.1 * middle) {
        continue;
      }
      int p = (int) fx * edge + (int) fy;
      double tx = fx % 1;
      double ty = fy % 1;
      int[] points = {p, p + 1, p + edge, p + edge + 1};
      double[] w = {(1 - tx) * (1 - ty), (1 - tx) * ty, tx * (1 - ty), tx * ty};
      double d = 1 + 0.1 * Math.sin(fx / 9) * Math.cos(fy / 7) + 0.1 * random.nextGaussian();
      add(matrix, points, w, 1);
      for (int j = 0; j < 4; j++) {
        y[points[j]] += w[j] * d;
      }
    }
  }

  /** Each value less the mean of its neighbours, with as large a trace as the observations. */
  private void addSmoothness(Map<Integer, double[]> matrix, double trace) {
    double own = edge * edge * 1.25;
    for (int p = 0; p < edge * edge; p++) {
      int x = p / edge;
      int z = p % edge;
      int[] points = {
        p,
        x > 0 ? p - edge : -1,
        x < edge - 1 ? p + edge : -1,
        z > 0 ? p - 1 : -1,
        z < edge - 1 ? p + 1 : -1
      };
      int there = 0;
      for (int q : points) {
        there += q >= 0 ? 1 : 0;
      }
      double[] w = new double[points.length];
      Arrays.fill(w, -1.0 / (there - 1));
      w[0] = 1;
      add(matrix, points, w, trace / own);
    }
  }

  private static void add(Map<Integer, double[]> matrix, int[] points, double[] w, double factor) {
    int n = matrix.get(0).length;
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        if (points[i] >= 0 && points[j] >= points[i]) {
          double[] diagonal = matrix.computeIfAbsent(points[j] - points[i], k -> new double[n]);
          diagonal[points[i]] += factor * w[i] * w[j];
        }
      }
    }
  }

  /**
   * The library's solver, from a start of ones.
   *
   * @return the solution
   */
  @Benchmark
  public double[] fast() {
    Arrays.fill(u, 1);
    ConjugateGradient.solve(offset, diagonals, y, u, TOLERANCE, ITERATIONS);
    return u.clone();
  }

  /**
   * A Cholesky decomposition of the band that holds all diagonals.
   *
   * @return the solution
   */
  @Benchmark
  public double[] naive() {
    int width = offset[offset.length - 1];
    double[][] band = new double[y.length][width + 1];
    for (int d = 0; d < offset.length; d++) {
      for (int p = 0; p + offset[d] < y.length; p++) {
        band[p + offset[d]][width - offset[d]] = diagonals[d][p];
      }
    }
    double[] x = y.clone();
    BandCholesky.solve(band, x);
    return x;
  }
}
