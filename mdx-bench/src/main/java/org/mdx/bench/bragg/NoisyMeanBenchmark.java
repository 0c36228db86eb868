package org.mdx.bench.bragg;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.mdx.bragg.internal.kernel.NoisyMeanKernel;
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

/** The robust mean of a camera's background, beside bisection of the same equation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
public class NoisyMeanBenchmark {
  private static final double MEAN = 3;
  private static final double NOISE = 0.7;
  private static final double LIMIT = 1.345;
  private static final int STEPS = 40;
  private static final int HALVINGS = 30;

  /** Pixels of the background. */
  @Param({"300", "3000"})
  public int pixels;

  private double[] values;

  /** A benchmark whose fields JMH fills. */
  public NoisyMeanBenchmark() {}

  /** Draws the pixels, and looks whether both ways agree. */
  @Setup(Level.Trial)
  public void setUp() {
    PoissonDistribution counts = new PoissonDistribution(MEAN);
    Random random = new Random(1);
    values = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      int k = counts.inverseCumulativeProbability(random.nextDouble());
      values[i] = k + Math.sqrt(NOISE) * random.nextGaussian();
    }
    if (!(Math.abs(fast() - naive()) < 0.01)) {
      throw new IllegalStateException(fast() + " and " + naive());
    }
  }

  /**
   * The kernel.
   *
   * @return the mean
   */
  @Benchmark
  public double fast() {
    double[] out = new double[2];
    NoisyMeanKernel.mean(values, values.length, NOISE, LIMIT, MEAN, out);
    return out[0];
  }

  /**
   * Bisection, with expectations by steps.
   *
   * @return the mean
   */
  @Benchmark
  public double naive() {
    double low = 0.1;
    double high = 3 * MEAN;
    for (int i = 0; i < HALVINGS; i++) {
      double mu = (low + high) / 2;
      double sum = 0;
      for (double v : values) {
        sum += psi((v - mu) / Math.sqrt(mu + NOISE));
      }
      if (sum / values.length > expected(mu)) {
        low = mu;
      } else {
        high = mu;
      }
    }
    return low;
  }

  private static double psi(double r) {
    return Math.max(-LIMIT, Math.min(LIMIT, r));
  }

  private static double expected(double mu) {
    PoissonDistribution counts = new PoissonDistribution(mu);
    NormalDistribution read = new NormalDistribution(0, Math.sqrt(NOISE));
    double step = 10 * Math.sqrt(NOISE) / STEPS;
    double sum = 0;
    for (int k = 0; k < mu + 10 * Math.sqrt(mu) + 10; k++) {
      double here = 0;
      for (int i = 0; i < STEPS; i++) {
        double x = (i + 0.5 - STEPS / 2.0) * step;
        here += read.density(x) * step * psi((k + x - mu) / Math.sqrt(mu + NOISE));
      }
      sum += counts.probability(k) * here;
    }
    return sum;
  }
}
