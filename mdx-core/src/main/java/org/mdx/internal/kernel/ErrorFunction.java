package org.mdx.internal.kernel;

/** The error function, quickly. */
public final class ErrorFunction {
  private ErrorFunction() {}

  /**
   * Abramowitz and Stegun 7.1.26, |error| below 1.5e-7.
   *
   * @param x any number
   * @return erf x
   */
  public static double erf(double x) {
    double z = Math.abs(x);
    if (z > 5) {
      return Math.signum(x);
    }
    double t = 1 / (1 + 0.3275911 * z);
    double p =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double y = 1 - p * Math.exp(-z * z);
    return x < 0 ? -y : y;
  }
}
