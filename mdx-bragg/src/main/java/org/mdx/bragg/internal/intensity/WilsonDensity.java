package org.mdx.bragg.internal.intensity;

import org.apache.commons.math3.special.Erf;

/**
 * Densities of a measured intensity: of one that is absent, N(0, σ²), and of one that is there, an
 * acentric or centric Wilson distribution about its mean, widened by σ.
 */
public final class WilsonDensity {
  private static final int STEPS = 64;
  private static final double REACH = 8;

  private WilsonDensity() {}

  /**
   * Density of an intensity that is absent.
   *
   * @param intensity measured
   * @param sigma its standard error
   * @return the density
   */
  public static double absent(double intensity, double sigma) {
    double u = intensity / sigma;
    return Math.exp(-u * u / 2) / (sigma * Math.sqrt(2 * Math.PI));
  }

  /**
   * Density of an intensity that is there.
   *
   * @param intensity measured
   * @param sigma its standard error
   * @param mean of such intensities, above 0
   * @param centric whether its phase is one of two
   * @return the density
   */
  public static double present(double intensity, double sigma, double mean, boolean centric) {
    return centric ? centric(intensity, sigma, mean) : acentric(intensity, sigma, mean);
  }

  /** ∫₀^∞ exp(−J/S)/S N(I − J, σ²) dJ = exp(σ²/2S² − I/S) Φ(I/σ − σ/S)/S. */
  private static double acentric(double i, double sigma, double mean) {
    double u = i / sigma - sigma / mean;
    double exponent = sigma * sigma / (2 * mean * mean) - i / mean;
    if (u < -5) {
      // Φ(u) → φ(u)/|u| (1 − 1/u²), and the exponents cancel
      double v = i / sigma;
      double t = 1 - 1 / (u * u) + 3 / (u * u * u * u);
      return Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI) / -u * t / mean;
    }
    return Math.exp(exponent) * 0.5 * Erf.erfc(-u / Math.sqrt(2)) / mean;
  }

  /** ∫₀^∞ √(2/πS) exp(−t²/2S) N(I − t², σ²) dt by Simpson's rule. */
  private static double centric(double i, double sigma, double mean) {
    double from = Math.sqrt(Math.max(0, i - REACH * sigma));
    double to = Math.sqrt(Math.max(sigma, i + REACH * sigma));
    double h = (to - from) / STEPS;
    double sum = 0;
    for (int k = 0; k <= STEPS; k++) {
      double t = from + k * h;
      double f = Math.exp(-t * t / (2 * mean)) * absent(i - t * t, sigma);
      sum += f * (k == 0 || k == STEPS ? 1 : k % 2 == 1 ? 4 : 2);
    }
    return Math.sqrt(2 / (Math.PI * mean)) * sum * h / 3;
  }
}
