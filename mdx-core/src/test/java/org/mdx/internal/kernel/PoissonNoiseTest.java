package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonNoiseTest {

  /** Against the distribution of commons-math3 3.6.1, bins of at least ten expected deviates. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.7, 3.1, 9, 15.99, 16.01, 45, 300, 20000})
  void deviatesShouldFollowThePoissonDistribution(double mean) {
    int n = 100_000;
    PoissonDistribution poisson = new PoissonDistribution(mean);
    int low = Math.max(0, (int) (mean - 8 * Math.sqrt(mean)));
    int high = (int) (mean + 8 * Math.sqrt(mean) + 20);
    long[] seen = new long[high - low + 1];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      int k = PoissonNoise.sample(mean, 77, i);
      sum += k;
      squares += (k - mean) * (k - mean);
      seen[Math.min(high, Math.max(low, k)) - low]++;
    }
    assertThat(sum / n).isCloseTo(mean, within(4 * Math.sqrt(mean / n)));
    double varianceError = Math.sqrt((2 * mean * mean + mean) / n);
    assertThat(squares / n).isCloseTo(mean, within(4 * varianceError));

    it.unimi.dsi.fastutil.longs.LongArrayList observed =
        new it.unimi.dsi.fastutil.longs.LongArrayList();
    it.unimi.dsi.fastutil.doubles.DoubleArrayList expected =
        new it.unimi.dsi.fastutil.doubles.DoubleArrayList();
    long o = 0;
    double e = 0;
    double total = 0;
    for (int k = low; k <= high; k++) {
      o += seen[k - low];
      e += n * poisson.probability(k);
      if (e > 10 && n - total - e > 10) {
        observed.add(o);
        expected.add(e);
        total += e;
        o = 0;
        e = 0;
      }
    }
    observed.add(o);
    expected.add(n - total);
    assertThat(new ChiSquareTest().chiSquareTest(expected.toDoubleArray(), observed.toLongArray()))
        .as("probability of so large a chi-square")
        .isGreaterThan(1e-3);
  }

  @Test
  void noLightShouldGiveNoCounts() {
    assertThat(PoissonNoise.sample(0, 1, 2)).isZero();
    assertThat(PoissonNoise.sample(-1, 1, 2)).isZero();
    assertThat(PoissonNoise.sample(Double.NaN, 1, 2)).isZero();
  }

  @Test
  void logFactorialShouldAgreeWithCommonsMath() {
    for (int k : new int[] {0, 1, 2, 10, 127, 128, 129, 1000, 1_000_000}) {
      double reference = Gamma.logGamma(k + 1.0);
      assertThat(PoissonNoise.logFactorial(k))
          .isCloseTo(reference, within(1e-12 * Math.max(1, reference)));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double x) {
    return org.assertj.core.api.Assertions.within(x);
  }
}
