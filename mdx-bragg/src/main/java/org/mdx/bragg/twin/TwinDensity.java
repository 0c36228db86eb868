package org.mdx.bragg.twin;

import org.apache.commons.math3.special.Erf;

/**
 * The density of an acentric intensity with an error. A twin of fraction α adds two exponential
 * distributions (Wilson 1949) with the means (1 − α)·s and α·s, where s is the mean intensity near
 * the reflection; the error is normal.
 */
final class TwinDensity {
  private static final double STEP = 0.01;
  private static final double LAST = 12;
  private static final double[] SCALED = new double[(int) Math.round(LAST / STEP) + 2];
  private static final double ROOT = Math.sqrt(Math.PI);

  static {
    for (int i = 0; i < SCALED.length; i++) {
      double x = i * STEP;
      SCALED[i] = x < 5 ? Math.exp(x * x) * Erf.erfc(x) : asymptotic(x);
    }
  }

  private TwinDensity() {}

  private static double asymptotic(double x) {
    double q = 1 / (2 * x * x);
    return (1 - q * (1 - 3 * q * (1 - 5 * q * (1 - 7 * q)))) / (x * ROOT);
  }

  /** exp(x²)·erfc(x) of x from 0, within 2·10⁻⁵ of it. */
  private static double scaled(double x) {
    double at = x / STEP;
    int i = (int) at;
    return x >= LAST ? asymptotic(x) : SCALED[i] + (at - i) * (SCALED[i + 1] - SCALED[i]);
  }

  /** The density of an exponential distribution of a mean, with a normal error added. */
  static double exponential(double value, double mean, double variance) {
    double u = (variance / mean - value) / Math.sqrt(2 * variance);
    double normal = Math.exp(-value * value / (2 * variance));
    if (u >= 0) {
      return normal * scaled(u) / (2 * mean);
    }
    double tail = Math.exp(variance / (2 * mean * mean) - value / mean);
    return (2 * tail - normal * scaled(-u)) / (2 * mean);
  }

  /**
   * The density of the intensity of a twin.
   *
   * @param value the intensity
   * @param mean of such intensities
   * @param fraction α, from 0 to below 1/2
   * @param variance of the error, above 0
   */
  static double of(double value, double mean, double fraction, double variance) {
    double large = (1 - fraction) * mean;
    double of = exponential(value, large, variance);
    if (fraction == 0) {
      return of;
    }
    double small = fraction * mean;
    return Math.max(
        0, (large * of - small * exponential(value, small, variance)) / (large - small));
  }
}
