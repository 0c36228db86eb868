package org.mdx.bragg.symmetry;

/**
 * Normalised intensities, their errors and weights. The weight of a pair is the product of those of
 * its reflections: near no correlation the product of the two deviates by 1/weight.
 */
final class SquaresWithErrors {
  /** Least part of the variance that is not error. */
  private static final double LEAST = 0.02;

  private final MergedSquares data;
  private final double more;
  private final double signal;
  private final double[] weight;
  private final double expected;

  /**
   * Errors of intensities.
   *
   * @param data the intensities
   * @param more true variances of errors over those that are told
   */
  SquaresWithErrors(MergedSquares data, double more) {
    this.data = data;
    this.more = more;
    int n = data.size();
    weight = new double[n];
    double all = 0;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      weight[i] = 1 / (1 + error(i));
      double w = weight[i] * weight[i];
      all += w;
      mean += w * data.value(i);
    }
    mean /= all;
    double total = 0;
    double errors = 0;
    for (int i = 0; i < n; i++) {
      double w = weight[i] * weight[i];
      total += w * (data.value(i) - mean) * (data.value(i) - mean) / all;
      errors += w * error(i) / all;
    }
    signal = Math.max(LEAST * total, total - errors);
    expected = Math.min(0.99, signal / (signal + errors));
  }

  MergedSquares data() {
    return data;
  }

  /** Variance of the error of an intensity. */
  double error(int i) {
    return more * data.variance(i);
  }

  /** True variances of errors over those that are told. */
  double more() {
    return more;
  }

  double weight(int i) {
    return weight[i];
  }

  /** Variance of the intensities without errors. */
  double signal() {
    return signal;
  }

  /** The correlation that errors leave. */
  double expected() {
    return expected;
  }
}
