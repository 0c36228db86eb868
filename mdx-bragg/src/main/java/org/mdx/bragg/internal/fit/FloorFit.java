package org.mdx.bragg.internal.fit;

import java.util.Arrays;

/**
 * The floors in pixels and frames that make the residuals most likely: σ² = σ²_centroid + floor². A
 * step of the EM algorithm for Student's t: with the weights w as they are, Σ (w r² − σ²)/σ⁴ = 0 is
 * solved by bisection.
 */
final class FloorFit {
  private static final double LEAST = 1e-6;
  private static final int HALVINGS = 40;
  private static final double NORMAL = 1.4826;

  private FloorFit() {}

  /** From the median of |r|, which outliers do not move: px, frames. */
  static double[] first(double[] residuals) {
    int n = residuals.length / 3;
    double[] xy = new double[2 * n];
    double[] z = new double[n];
    for (int i = 0; i < n; i++) {
      xy[2 * i] = Math.abs(residuals[3 * i]);
      xy[2 * i + 1] = Math.abs(residuals[3 * i + 1]);
      z[i] = Math.abs(residuals[3 * i + 2]);
    }
    return new double[] {Math.max(LEAST, NORMAL * median(xy)), Math.max(LEAST, NORMAL * median(z))};
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The floors after the weights of the residuals. */
  static double[] next(FitProblem problem, Centroids data, double[] residuals) {
    int n = data.size;
    double[] weighted = new double[3 * n];
    for (int i = 0; i < n; i++) {
      double w = problem.weight(problem.delta2(i, residuals));
      for (int c = 0; c < 3; c++) {
        weighted[3 * i + c] = w * residuals[3 * i + c] * residuals[3 * i + c];
      }
    }
    return new double[] {
      floor(weighted, data.variance, new int[] {0, 1}),
      floor(weighted, data.variance, new int[] {2})
    };
  }

  private static double floor(double[] weighted, double[] variance, int[] components) {
    double low = Math.log(LEAST * LEAST);
    double high = low;
    for (double w : weighted) {
      high = Math.max(high, Math.log(Math.max(w, LEAST * LEAST)));
    }
    for (int i = 0; i < HALVINGS && high - low > 1e-6; i++) {
      double middle = (low + high) / 2;
      if (excess(weighted, variance, components, Math.exp(middle)) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp(low / 2);
  }

  private static double excess(
      double[] weighted, double[] variance, int[] components, double floor2) {
    double sum = 0;
    for (int i = 0; i < weighted.length; i += 3) {
      for (int c : components) {
        double s = variance[i + c] + floor2;
        sum += (weighted[i + c] - s) / (s * s);
      }
    }
    return sum;
  }
}
