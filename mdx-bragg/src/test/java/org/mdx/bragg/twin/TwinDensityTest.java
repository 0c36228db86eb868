package org.mdx.bragg.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwinDensityTest {

  /** The convolution of the intensity's density and the error's by summing. */
  private static double slow(double value, double mean, double fraction, double sigma) {
    double sum = 0;
    double step = Math.min(sigma, mean * Math.max(0.02, fraction)) / 50;
    for (double t = step / 2; t < value + 9 * sigma; t += step) {
      double large = (1 - fraction) * mean;
      double small = fraction * mean;
      double p =
          fraction == 0
              ? Math.exp(-t / mean) / mean
              : (Math.exp(-t / large) - Math.exp(-t / small)) / (large - small);
      double u = (value - t) / sigma;
      sum += p * Math.exp(-u * u / 2) / (sigma * Math.sqrt(2 * Math.PI)) * step;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 1, 0, 0.1",
    "-0.2, 1, 0, 0.1",
    "3, 1, 0.3, 0.2",
    "0.05, 1, 0.48, 0.05",
    "-0.4, 2, 0.1, 0.3",
    "0.02, 0.1, 0.05, 0.5",
    "5, 0.5, 0.2, 0.02",
    "1, 7, 0.45, 1.5"
  })
  void densityShouldBeThatOfAConvolution(double value, double mean, double fraction, double sigma) {
    double slow = slow(value, mean, fraction, sigma);
    assertThat(TwinDensity.of(value, mean, fraction, sigma * sigma))
        .isCloseTo(slow, within(2e-3 * slow + 1e-9));
  }
}
