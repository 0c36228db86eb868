package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class CorrelationTest {

  @Test
  void correlationShouldReproduceAnscombesQuartet() {
    // Anscombe, American Statistician 27, 17 (1973), first set: r = 0.816
    double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    assertThat(of(x, y).value()).isCloseTo(0.816, within(5e-4));
  }

  @Test
  void correlationShouldEqualTheTwoPassFormulaDespiteALargeMean() {
    Random random = new Random(1);
    for (int n : new int[] {3, 4, 17, 1000}) {
      double[] x = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = 1e6 + random.nextGaussian();
        y[i] = -1e6 + 0.3 * (x[i] - 1e6) + random.nextGaussian();
      }
      assertThat(of(x, y).value())
          .isCloseTo(new PearsonsCorrelation().correlation(x, y), within(1e-8));
    }
  }

  @Test
  void pairsThatAreNotNumbersShouldNotCount() {
    Correlation c = of(new double[] {1, Double.NaN, 2, 3, 4}, new double[] {2, 0, 4, 6, 1.0 / 0});
    assertThat(c.count()).isEqualTo(3);
    assertThat(c.value()).isCloseTo(1, within(1e-12));
    assertThat(of(new double[] {1, 2}, new double[] {1, 2}).value()).isNaN();
    assertThat(of(new double[] {1, 1, 1}, new double[] {1, 2, 3}).value()).isNaN();
  }

  private static Correlation of(double[] x, double[] y) {
    Correlation c = new Correlation();
    for (int i = 0; i < x.length; i++) {
      c.add(x[i], y[i]);
    }
    return c;
  }
}
