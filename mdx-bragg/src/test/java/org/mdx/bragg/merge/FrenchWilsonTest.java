package org.mdx.bragg.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amplitudes beside integrals over J by another rule, and beside the tables of cctbx. */
class FrenchWilsonTest {

  private static double integral(UnivariateFunction f, double to) {
    // √J is not smooth at 0: the substitution J = v⁴ makes it so
    UnivariateFunction g = v -> f.value(v * v * v * v) * 4 * v * v * v;
    return new IterativeLegendreGaussIntegrator(20, 1e-9, 1e-12)
        .integrate(1_000_000, g, 1e-9, Math.pow(to, 0.25));
  }

  @ParameterizedTest
  @CsvSource({
    "100, 5, 120, false", "3, 4, 30, false", "-4, 3, 20, false", "10, 10, 10, true",
    "-2, 2, 50, true", "400, 10, 60, true", "0, 1, 1, false", "50, 20, 1e4, false"
  })
  void amplitudeShouldBeTheMeanOverThePosterior(
      double i, double sigma, double mean, boolean centric) {
    UnivariateFunction density =
        j ->
            (centric ? Math.exp(-j / 2 / mean) / Math.sqrt(j) : Math.exp(-j / mean))
                * Math.exp(-(i - j) * (i - j) / 2 / sigma / sigma);
    double to = Math.max(i, 0) + 12 * sigma;
    double norm = integral(density, to);
    double f = integral(j -> Math.sqrt(j) * density.value(j), to) / norm;
    double square = integral(j -> j * density.value(j), to) / norm;
    FrenchWilson.Amplitude a = FrenchWilson.of(i, sigma, mean, centric);
    assertThat(a.value()).isCloseTo(f, within(1e-5 * f));
    assertThat(a.sigma()).isCloseTo(Math.sqrt(square - f * f), within(1e-4 * f));
  }

  /** cctbx 2021.12, cctbx.french_wilson.fw_acentric and fw_centric(I, sigma, mean, −4). */
  @ParameterizedTest
  @CsvSource({
    "100, 5, 120, false, 9.9896, 0.2503",
    "3, 4, 30, false, 1.9290, 0.7390",
    "-4, 3, 20, false, 1.0372, 0.4983",
    "2, 2, 50, false, 1.4974, 0.5312",
    "-2, 2, 50, true, 0.6163, 0.4353",
    "10, 10, 10, true, 2.1725, 1.3060",
    "400, 10, 60, true, 19.9744, 0.2504",
    "5, 4, 40, true, 1.8020, 0.9080"
  })
  void amplitudeShouldBeThatOfCctbx(
      double i, double sigma, double mean, boolean centric, double f, double sigmaF) {
    FrenchWilson.Amplitude a = FrenchWilson.of(i, sigma, mean, centric);
    // its tables have steps of 0.1 in h
    assertThat(a.value()).isCloseTo(f, within(0.01 * f));
    assertThat(a.sigma()).isCloseTo(sigmaF, within(0.02 * sigmaF));
  }

  @ParameterizedTest
  @CsvSource({"-50, 5, 10", "-21, 5, 1e9"})
  void intensitiesFarBelowZeroShouldHaveNoAmplitude(double i, double sigma, double mean) {
    assertThat(FrenchWilson.of(i, sigma, mean, false).value()).isNaN();
  }
}
