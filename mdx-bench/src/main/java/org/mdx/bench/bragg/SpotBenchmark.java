package org.mdx.bench.bragg;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.special.Erf;
import org.mdx.bragg.internal.kernel.SpotProfileKernel;
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

/** Profiles of spots: shares of pixels and slices, beside midpoints of 16 × 16 parts of a pixel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
public class SpotBenchmark {
  private static final double[] COVARIANCE = {0.015, 0.001, 0.016, 0.002, 0.001, 0.25};
  private static final double PIXEL = 0.12;
  private static final int SLICES = 8;
  private static final int PARTS = 16;

  /** Pixels of the foreground. */
  @Param({"60", "600"})
  public int pixels;

  private double[] corners;
  private double[] edges;

  /** A benchmark whose fields JMH fills. */
  public SpotBenchmark() {}

  /** Places pixels at random, and looks whether both ways agree. */
  @Setup(Level.Trial)
  public void setUp() {
    Random random = new Random(1);
    corners = new double[8 * pixels];
    for (int i = 0; i < pixels; i++) {
      double x = 0.5 * random.nextDouble() - 0.3;
      double y = 0.5 * random.nextDouble() - 0.3;
      for (int c = 0; c < 4; c++) {
        corners[8 * i + 2 * c] = x + (c & 1) * PIXEL;
        corners[8 * i + 2 * c + 1] = y + (c >> 1) * PIXEL;
      }
    }
    edges = new double[SLICES + 1];
    for (int k = 0; k <= SLICES; k++) {
      edges[k] = 0.4 * (k - SLICES / 2.0);
    }
    if (!(Math.abs(fast() / naive() - 1) < 0.01)) {
      throw new IllegalStateException(fast() + " and " + naive());
    }
  }

  /**
   * The kernels.
   *
   * @return sum of all shares
   */
  @Benchmark
  public double fast() {
    double[] e = new double[8];
    double[] slices = new double[SLICES];
    double sum = 0;
    for (int i = 0; i < pixels; i++) {
      System.arraycopy(corners, 8 * i, e, 0, 8);
      double share = SpotProfileKernel.share(e, COVARIANCE);
      double x = (e[0] + e[6]) / 2;
      double y = (e[1] + e[7]) / 2;
      SpotProfileKernel.slices(x, y, COVARIANCE, edges, SLICES, slices, 0);
      for (double s : slices) {
        sum += share * s;
      }
    }
    return sum;
  }

  /**
   * Midpoints, and the error function of commons-math.
   *
   * @return sum of all shares
   */
  @Benchmark
  public double naive() {
    double[] c = COVARIANCE;
    double det = c[0] * c[2] - c[1] * c[1];
    double a = (c[3] * c[2] - c[4] * c[1]) / det;
    double b = (c[4] * c[0] - c[3] * c[1]) / det;
    double f = 1 / Math.sqrt(2 * (c[5] - a * c[3] - b * c[4]));
    double sum = 0;
    for (int i = 0; i < pixels; i++) {
      double share = 0;
      double x0 = corners[8 * i];
      double y0 = corners[8 * i + 1];
      for (int p = 0; p < PARTS * PARTS; p++) {
        double x = x0 + PIXEL * (p % PARTS + 0.5) / PARTS;
        double y = y0 + PIXEL * (p / PARTS + 0.5) / PARTS;
        double q = (c[2] * x * x - 2 * c[1] * x * y + c[0] * y * y) / det;
        share += Math.exp(-q / 2);
      }
      share *= PIXEL * PIXEL / PARTS / PARTS / (2 * Math.PI * Math.sqrt(det));
      double mean = a * (x0 + PIXEL / 2) + b * (y0 + PIXEL / 2);
      for (int k = 0; k < SLICES; k++) {
        sum += share * 0.5 * (Erf.erf((edges[k + 1] - mean) * f) - Erf.erf((edges[k] - mean) * f));
      }
    }
    return sum;
  }
}
