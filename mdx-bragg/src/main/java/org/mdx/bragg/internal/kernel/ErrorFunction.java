package org.mdx.bragg.internal.kernel;

/** The error function, quickly. */
public final class ErrorFunction {
  private static final double P = 0.3275911;
  private static final double A1 = 0.254829592;
  private static final double A2 = -0.284496736;
  private static final double A3 = 1.421413741;
  private static final double A4 = -1.453152027;
  private static final double A5 = 1.061405429;

  private ErrorFunction() {}

  /**
   * The error function, within 1.5·10⁻⁷. Source: Abramowitz and Stegun (1964), 7.1.26.
   *
   * @param x any number
   * @return 2/√π ∫₀ˣ exp(−t²) dt
   */
  public static double erf(double x) {
    double a = Math.abs(x);
    double t = 1 / (1 + P * a);
    double tail = ((((A5 * t + A4) * t + A3) * t + A2) * t + A1) * t * Math.exp(-a * a);
    return x < 0 ? tail - 1 : 1 - tail;
  }

  /**
   * The part of a normal distribution between two limits.
   *
   * @param from lower limit, from the mean
   * @param to upper limit, from the mean
   * @param sigma its standard deviation, above 0
   * @return 0 to 1; negative if the limits are reversed
   */
  public static double between(double from, double to, double sigma) {
    double f = 1 / (Math.sqrt(2) * sigma);
    return 0.5 * (erf(to * f) - erf(from * f));
  }
}
