package org.mdx.internal.kernel;

/**
 * Poisson deviates from a key and a counter. Below {@link #SWITCH} by inversion, one uniform number
 * each; above by transformed rejection (PTRS of W. Hörmann, Insurance: Mathematics and Economics
 * 12, 39, 1993).
 */
public final class PoissonNoise {
  /** Mean at which the method changes. */
  public static final double SWITCH = 16;

  private static final int LIMIT = 128;
  private static final double[] RECIPROCAL = new double[LIMIT];
  private static final double[] LOG_FACTORIAL = new double[LIMIT];

  static {
    for (int k = 1; k < LIMIT; k++) {
      RECIPROCAL[k] = 1.0 / k;
      LOG_FACTORIAL[k] = LOG_FACTORIAL[k - 1] + Math.log(k);
    }
  }

  private PoissonNoise() {}

  /**
   * A deviate; does not check.
   *
   * @param mean 0 to 10⁹; 0 and less give 0
   * @param key of the frame
   * @param n of the pixel
   * @return 0 or more
   */
  public static int sample(double mean, long key, long n) {
    if (!(mean > 0)) {
      return 0;
    }
    long bits = Hash.key(key, n);
    return mean < SWITCH ? invert(mean, Hash.uniform(bits)) : reject(mean, bits);
  }

  /** The smallest k at which the cumulative distribution reaches u. */
  private static int invert(double mean, double u) {
    double p = Math.exp(-mean);
    int k = 0;
    while (u > p && k < LIMIT - 1) {
      u -= p;
      p *= mean * RECIPROCAL[++k];
    }
    return k;
  }

  private static int reject(double mean, long key) {
    double b = 0.931 + 2.53 * Math.sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    double vr = 0.9277 - 3.6224 / (b - 2);
    double logMean = Math.log(mean);
    for (int n = 0; ; n += 2) {
      double u = Hash.uniform(key, n) - 0.5;
      double v = Hash.uniform(key, n + 1);
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= vr) {
        return (int) k;
      }
      if (k < 0 || (us < 0.013 && v > us)) {
        continue;
      }
      if (Math.log(v * inverseAlpha / (a / (us * us) + b))
          <= k * logMean - mean - logFactorial((int) k)) {
        return (int) k;
      }
    }
  }

  /**
   * The logarithm of a factorial, above a table by Stirling's series, whose error is below 1e-13
   * there.
   *
   * @param k 0 or more
   * @return ln k!
   */
  public static double logFactorial(int k) {
    if (k < LIMIT) {
      return LOG_FACTORIAL[k];
    }
    double r = 1.0 / k;
    return (k + 0.5) * Math.log(k)
        - k
        + 0.5 * Math.log(2 * Math.PI)
        + r * (1.0 / 12 - r * r * (1.0 / 360 - r * r / 1260));
  }
}
