package org.mdx.bragg.internal.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShellMeansTest {

  /** All measurements were in the last shell, so that a mean did not depend on the resolution. */
  @Test
  void meansShouldFallWithTheIntensities() {
    double[] inverseSquare = new double[1000];
    double[] value = new double[1000];
    for (int i = 0; i < 1000; i++) {
      inverseSquare[i] = 1e-4 * (1 + i * 7 % 1000);
      value[i] = 100 * Math.exp(-20 * inverseSquare[i]);
    }
    ShellMeans means = new ShellMeans(inverseSquare, value, 10);
    for (double s = 0.005; s < 0.1; s += 0.01) {
      double middle = 0.01 * Math.floor(s / 0.01) + 0.005;
      double truth = 100 * Math.exp(-20 * middle);
      assertThat(means.at(s)).isCloseTo(truth, within(0.1 * truth));
    }
  }

  @Test
  void fewMeasurementsShouldBeOneShell() {
    ShellMeans means = new ShellMeans(new double[] {0.1, 0.2}, new double[] {1, 3}, 10);
    assertThat(means.at(0.1)).isEqualTo(means.at(0.3)).isGreaterThan(0);
  }
}
