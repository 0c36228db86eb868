package org.mdx.bragg.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

/** Means with read noise against slow twins that know nothing of them. */
class NoisyMeanKernelTest {

  private static final double C = 1.345;

  private static double psi(double r) {
    return Math.max(-C, Math.min(C, r));
  }

  /** E[ψ] of Poisson(μ) + N(0, noise), by steps of a fiftieth of the noise. */
  private static double expected(double mu, double noise) {
    PoissonDistribution counts = new PoissonDistribution(mu);
    NormalDistribution read = new NormalDistribution(0, Math.sqrt(noise));
    double step = Math.sqrt(noise) / 50;
    double sum = 0;
    for (int k = 0; k < mu + 12 * Math.sqrt(mu) + 15; k++) {
      double here = 0;
      for (double x = -6 * Math.sqrt(noise); x < 6 * Math.sqrt(noise); x += step) {
        here += read.density(x) * step * psi((k + x - mu) / Math.sqrt(mu + noise));
      }
      sum += counts.probability(k) * here;
    }
    return sum;
  }

  private static double[] draw(Random random, double mu, double noise, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double limit = Math.exp(-mu);
      int k = 0;
      for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
        k++;
      }
      values[i] = k + Math.sqrt(noise) * random.nextGaussian();
    }
    return values;
  }

  @Test
  void meanWithNoiseShouldSolveItsEquation() {
    Random random = new Random(4);
    for (double[] c : new double[][] {{0.2, 1}, {2, 0.3}, {7, 4}, {40, 25}, {90, 9}}) {
      double[] values = draw(random, c[0], c[1], 400);
      values[3] += 300;
      double[] out = new double[2];
      NoisyMeanKernel.mean(values, values.length, c[1], C, c[0] + 1, out);
      double score = 0;
      for (double v : values) {
        score += psi((v - out[0]) / Math.sqrt(out[0] + c[1])) / values.length;
      }
      assertThat(score).isCloseTo(expected(out[0], c[1]), within(1e-3));
    }
  }

  @Test
  void meanWithNoiseShouldBeRightOnAverageAndTellItsVariance() {
    Random random = new Random(5);
    for (double[] c : new double[][] {{0.3, 0.5}, {3, 2}, {3, 0}, {80, 30}}) {
      int runs = 600;
      double sum = 0;
      double square = 0;
      double told = 0;
      for (int run = 0; run < runs; run++) {
        double[] out = new double[2];
        NoisyMeanKernel.mean(draw(random, c[0], c[1], 100), 100, c[1], C, c[0], out);
        sum += out[0] - c[0];
        square += (out[0] - c[0]) * (out[0] - c[0]);
        told += out[1];
      }
      assertThat(sum / runs).isCloseTo(0, within(4 * Math.sqrt(square) / runs));
      assertThat(told / square).isCloseTo(1, within(0.25));
    }
  }
}
