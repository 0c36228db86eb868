package org.mdx.bragg.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

/** Kernels of integration against slow twins that know nothing of them. */
class IntegrationKernelsTest {

  private static final double C = 1.345;

  @Test
  void errorFunctionShouldBeThatOfCommonsMath() {
    for (double x = -6; x <= 6; x += 0.037) {
      assertThat(ErrorFunction.erf(x)).isCloseTo(Erf.erf(x), within(1.6e-7));
    }
    assertThat(ErrorFunction.between(-1, 1, 1)).isCloseTo(0.6826895, within(1e-6));
  }

  /** Solves Σψ(r) = n E[ψ(r)] by bisection, value by value. */
  private static double slowMean(int[] counts) {
    double low = 1e-6;
    double high = Arrays.stream(counts).max().orElseThrow() + 1.0;
    for (int i = 0; i < 200; i++) {
      double mu = (low + high) / 2;
      double sum = 0;
      for (int y : counts) {
        sum += psi((y - mu) / Math.sqrt(mu));
      }
      PoissonDistribution p = new PoissonDistribution(mu);
      double expected = 0;
      for (int k = 0; k < mu + 15 * Math.sqrt(mu) + 20; k++) {
        expected += p.probability(k) * psi((k - mu) / Math.sqrt(mu));
      }
      if (sum / counts.length > expected) {
        low = mu;
      } else {
        high = mu;
      }
    }
    return low;
  }

  private static double psi(double r) {
    return Math.max(-C, Math.min(C, r));
  }

  private static double[] fast(int[] counts) {
    int[] sorted = Arrays.stream(counts).sorted().distinct().toArray();
    int[] times = new int[sorted.length];
    for (int y : counts) {
      times[Arrays.binarySearch(sorted, y)]++;
    }
    double[] out = new double[2];
    PoissonMeanKernel.mean(sorted, times, sorted.length, C, out);
    return out;
  }

  private static int[] draw(Random random, double mu, int n) {
    int[] counts = new int[n];
    for (int i = 0; i < n; i++) {
      double limit = Math.exp(-mu);
      double product = random.nextDouble();
      while (product > limit) {
        product *= random.nextDouble();
        counts[i]++;
      }
    }
    return counts;
  }

  @Test
  void robustMeanShouldSolveItsEquation() {
    Random random = new Random(3);
    for (double mu : new double[] {0.3, 1, 2.5, 8, 30, 120}) {
      int[] counts = draw(random, mu, 301);
      counts[7] += 1000;
      double slow = slowMean(counts);
      assertThat(fast(counts)[0]).isCloseTo(slow, within(mu > 60 ? 1e-3 * mu : 1e-5 * mu));
    }
  }

  @Test
  void robustMeanShouldBeRightOnAverageAndTellItsVariance() {
    Random random = new Random(5);
    for (double mu : new double[] {0.5, 3, 20, 100}) {
      int n = 200;
      int runs = 800;
      double sum = 0;
      double square = 0;
      double told = 0;
      for (int i = 0; i < runs; i++) {
        double[] out = fast(draw(random, mu, n));
        sum += out[0] - mu;
        square += (out[0] - mu) * (out[0] - mu);
        told += out[1];
      }
      double sigma = Math.sqrt(square / runs);
      assertThat(sum / runs).as("bias at %s", mu).isCloseTo(0, within(4 * sigma / Math.sqrt(runs)));
      assertThat(told / runs / (square / runs)).isBetween(0.8, 1.25);
    }
  }

  @Test
  void robustMeanOfOutliersShouldStayNearTheRest() {
    int[] counts = draw(new Random(7), 4, 400);
    for (int i = 0; i < 20; i++) {
      counts[i] = 500;
    }
    assertThat(fast(counts)[0]).isBetween(3.6, 4.7);
    assertThat(fast(new int[50])[0]).isZero();
  }

  private static double density(double x, double y, double[] c) {
    double det = c[0] * c[2] - c[1] * c[1];
    double q = (c[2] * x * x - 2 * c[1] * x * y + c[0] * y * y) / det;
    return Math.exp(-q / 2) / (2 * Math.PI * Math.sqrt(det));
  }

  @Test
  void shareShouldBeTheIntegralOverThePixel() {
    double[] c = {0.02, 0.006, 0.015, 0.01, -0.02, 0.2};
    double[] e = {0.03, -0.05, 0.15, -0.03, 0.01, 0.07, 0.13, 0.09};
    int n = 300;
    double area = (0.12 * 0.12 + 0.02 * 0.02);
    double sum = 0;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double u = (i + 0.5) / n;
        double v = (j + 0.5) / n;
        double x = e[0] + u * (e[2] - e[0]) + v * (e[4] - e[0]);
        double y = e[1] + u * (e[3] - e[1]) + v * (e[5] - e[1]);
        sum += density(x, y, c) * area / n / n;
      }
    }
    assertThat(SpotProfileKernel.share(e, c)).isCloseTo(sum, within(2e-4 * sum));
  }

  @Test
  void slicesShouldBeTheConditionalDistribution() {
    double[] c = {0.02, 0.006, 0.015, 0.01, -0.02, 0.2};
    double x = 0.1;
    double y = -0.07;
    double[] edges = {-1, -0.4, 0.1, 0.3, 1.2};
    double[] out = new double[5];
    SpotProfileKernel.slices(x, y, c, edges, 4, out, 1);
    // density of (x, y, z) by the inverse of the covariance, normalized over z
    double[][] m = {{c[0], c[1], c[3]}, {c[1], c[2], c[4]}, {c[3], c[4], c[5]}};
    double[] part = new double[4];
    double all = 0;
    double step = 1e-4;
    for (double z = -6; z < 6; z += step) {
      double[] v = {x, y, z + step / 2};
      double[] s =
          new org.apache.commons.math3.linear.LUDecomposition(
                  new org.apache.commons.math3.linear.Array2DRowRealMatrix(m))
              .getSolver()
              .solve(new org.apache.commons.math3.linear.ArrayRealVector(v))
              .toArray();
      double p = Math.exp(-(v[0] * s[0] + v[1] * s[1] + v[2] * s[2]) / 2);
      all += p;
      for (int k = 0; k < 4; k++) {
        part[k] += v[2] >= edges[k] && v[2] < edges[k + 1] ? p : 0;
      }
    }
    for (int k = 0; k < 4; k++) {
      assertThat(out[k + 1]).isCloseTo(part[k] / all, within(2e-4));
    }
  }

  @Test
  void fitShouldBeTheMaximumOfTheLikelihood() {
    Random random = new Random(11);
    for (int run = 0; run < 50; run++) {
      int n = 1 + random.nextInt(60);
      double[] p = new double[n];
      double[] b = new double[n];
      int[] counts = new int[n];
      double[] excess = new double[n];
      double total = 0;
      for (int i = 0; i < n; i++) {
        p[i] = random.nextDouble();
        total += p[i];
      }
      for (int i = 0; i < n; i++) {
        p[i] /= total;
        b[i] = 0.5 + random.nextDouble();
        counts[i] = draw(random, b[i] + 200 * p[i], 1)[0];
        excess[i] = counts[i] - b[i];
      }
      double[] out = new double[3];
      assertThat(ProfileFitKernel.fit(excess, b, p, n, 100, out)).isTrue();
      assertThat(out[0]).isCloseTo(slowFit(counts, b, p), within(1e-3 * Math.sqrt(out[1]) + 1e-6));
    }
  }

  /** Bisects the derivative of Σ c ln(b + I p) − (b + I p). */
  private static double slowFit(int[] counts, double[] b, double[] p) {
    double low = 0;
    double high = 1e5;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      double slope = 0;
      for (int j = 0; j < p.length; j++) {
        slope += (counts[j] / (b[j] + middle * p[j]) - 1) * p[j];
      }
      if (slope > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
