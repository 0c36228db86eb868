package org.mdx.bragg.integrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.kernel.ProfileFitKernel;

/** Spots that share pixels: at the maximum of the likelihood its derivatives are 0. */
class OverlapFitTest {

  private static double[] draw(Random random, double mu, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double limit = Math.exp(-mu);
      for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
        values[i]++;
      }
    }
    return values;
  }

  @Test
  void overlappingSpotsShouldHaveTheLargestLikelihoodTogether() {
    Random random = new Random(6);
    for (int run = 0; run < 40; run++) {
      int n = 60;
      double[][] p = new double[3][n];
      double[] b = new double[n];
      double[] counts = new double[n];
      double[] excess = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 3; j++) {
          double x = (i - 20 - 8.0 * j) / 4;
          p[j][i] = 0.1 * Math.exp(-x * x / 2);
        }
        b[i] = 1 + random.nextDouble();
        counts[i] = draw(random, b[i] + 150 * p[0][i] + 400 * p[1][i] + 90 * p[2][i], 1)[0];
        excess[i] = counts[i] - b[i];
      }
      double[] found = {50, 50, 50};
      double[] out = new double[3];
      assertThat(OverlapFit.fit(excess, b, p, n, found, out)).isTrue();
      double[] gradient = new double[3];
      double alone = 0;
      for (int i = 0; i < n; i++) {
        double v = b[i] + found[0] * p[0][i] + found[1] * p[1][i] + found[2] * p[2][i];
        alone += p[0][i] * p[0][i] / v;
        for (int j = 0; j < 3; j++) {
          gradient[j] += p[j][i] * (counts[i] / v - 1);
        }
      }
      for (double g : gradient) {
        assertThat(g * Math.sqrt(out[0])).isCloseTo(0, within(1e-3));
      }
      assertThat(out[2]).isGreaterThan(1).isCloseTo(out[0] * alone, within(1e-3 * out[2]));
    }
  }

  @Test
  void oneSpotShouldBeFittedAsAlone() {
    Random random = new Random(7);
    double[] p = new double[30];
    double[] b = new double[30];
    double[] excess = new double[30];
    for (int i = 0; i < 30; i++) {
      p[i] = random.nextDouble() / 15;
      b[i] = 2;
      excess[i] = draw(random, b[i] + 300 * p[i], 1)[0] - b[i];
    }
    double[] alone = new double[3];
    ProfileFitKernel.fit(excess, b, p, 30, 100, alone);
    double[] together = {100};
    double[] out = new double[3];
    assertThat(OverlapFit.fit(excess, b, new double[][] {p}, 30, together, out)).isTrue();
    assertThat(together[0]).isCloseTo(alone[0], within(1e-3));
    assertThat(out[0]).isCloseTo(alone[1], within(1e-3 * alone[1]));
    assertThat(out[1]).isCloseTo(alone[2], within(1e-3 * alone[2]));
  }

  @Test
  void equalSpotsCannotBeToldApart() {
    double[] p = {0.2, 0.6, 0.2};
    double[] u = {1, 1, 1};
    double[] found = {10, 10};
    double[] out = new double[3];
    boolean done = OverlapFit.fit(new double[] {5, 9, 4}, u, new double[][] {p, p}, 3, found, out);
    assertThat(!done || out[2] > 1e6).isTrue();
  }
}
