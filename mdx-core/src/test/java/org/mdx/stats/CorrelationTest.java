package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void joinedCorrelationsShouldEqualThatOfAllPairs() {
    Random random = new Random(3);
    for (int n : new int[] {0, 1, 2, 50}) {
      double[] x = random.doubles(57).map(v -> 1000 + v).toArray();
      double[] y = random.doubles(57).map(v -> v - 500).toArray();
      Correlation joined = of(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
      joined.add(of(Arrays.copyOfRange(x, n, 57), Arrays.copyOfRange(y, n, 57)));
      joined.add(new Correlation());
      assertThat(joined.count()).isEqualTo(57);
      assertThat(joined.value())
          .isCloseTo(new PearsonsCorrelation().correlation(x, y), within(1e-10));
      assertThat(joined.varianceX()).isCloseTo(StatUtils.populationVariance(x), within(1e-10));
      assertThat(joined.varianceY()).isCloseTo(StatUtils.populationVariance(y), within(1e-10));
    }
  }

  /** Pairs of two shapes that do not correlate, mixed for a given coefficient. */
  private static Correlation exactly(double r, int n) {
    Correlation c = new Correlation();
    for (int i = 0; i < n; i++) {
      double x = Math.cos(2 * Math.PI * i / n);
      double z = Math.sin(2 * Math.PI * i / n);
      c.add(x, r * x + Math.sqrt(1 - r * r) * z);
    }
    return c;
  }

  @ParameterizedTest
  @CsvSource({
    // Fisher and Yates, Statistical Tables (1963), table VII: critical r, two-sided probability
    "10, 0.6319, 0.05",
    "10, 0.7646, 0.01",
    "22, 0.5368, 0.01",
    "102, 0.1946, 0.05"
  })
  void chanceShouldBeThatOfTheTable(int pairs, double r, double twoSided) {
    assertThat(exactly(r, pairs).value()).isCloseTo(r, within(1e-12));
    assertThat(exactly(r, pairs).chance()).isCloseTo(twoSided / 2, within(2e-5));
    assertThat(exactly(-r, pairs).chance()).isCloseTo(1 - twoSided / 2, within(2e-5));
  }

  @Test
  void perfectCorrelationShouldNotBeChance() {
    assertThat(of(new double[] {1, 2, 3}, new double[] {1, 2, 3}).chance())
        .isCloseTo(0, within(1e-6));
    assertThat(of(new double[] {1, 2, 3}, new double[] {3, 2, 1}).chance())
        .isCloseTo(1, within(1e-6));
    assertThat(of(new double[] {1, 2}, new double[] {3, 2}).chance()).isNaN();
  }

  @Test
  void standardErrorShouldBeTheSpreadOfManySamples() {
    Random random = new Random(8);
    double[] r = new double[2000];
    double stated = 0;
    for (int sample = 0; sample < r.length; sample++) {
      Correlation c = new Correlation();
      for (int i = 0; i < 200; i++) {
        double signal = random.nextGaussian();
        c.add(signal + random.nextGaussian(), signal + random.nextGaussian());
      }
      r[sample] = c.value();
      stated += c.standardError() / r.length;
    }
    // the spread of 2000 is known to 1.6 %
    assertThat(stated / Math.sqrt(StatUtils.variance(r))).isBetween(0.93, 1.07);
  }

  private static Correlation of(double[] x, double[] y) {
    Correlation c = new Correlation();
    for (int i = 0; i < x.length; i++) {
      c.add(x[i], y[i]);
    }
    return c;
  }
}
