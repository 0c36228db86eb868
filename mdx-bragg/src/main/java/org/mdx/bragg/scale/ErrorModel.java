package org.mdx.bragg.scale;

/**
 * The standard deviations of a sweep: σ'² = a²(σ² + (b g⟨I⟩)²), ⟨I⟩ being the mean of the
 * equivalents, so that a measurement that came out low does not get a higher weight.
 *
 * @param a factor of all
 * @param b part of the intensity
 */
public record ErrorModel(double a, double b) {

  /** What is taken before it is fitted. */
  static final ErrorModel START = new ErrorModel(1, 0.02);

  /** The variance of a measurement. */
  double variance(double variance, double expected) {
    double e = b * Math.max(0, expected);
    return a * a * (variance + e * e);
  }

  /**
   * The I/σ that no measurement exceeds.
   *
   * @return 1/(a b)
   */
  public double limit() {
    return 1 / (a * b);
  }
}
