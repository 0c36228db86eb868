package org.mdx.bragg.internal.fit;

import java.util.Arrays;

/**
 * The floors in pixels and frames that make the residuals most likely: σ² = σ²_centroid + floor². A
 * step of the EM algorithm for Student's t: with the weights w as they are, Σ (w r² − σ²)/σ⁴ = 0 is
 * approached by a step of Fisher scoring in floor².
 */
final class FloorFit {
  private static final double LEAST = 1e-6;
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
  static double[] next(FitProblem problem, Centroids data, double[] residuals, double[] floors) {
    int n = data.size;
    double[] weighted = new double[3 * n];
    for (int i = 0; i < n; i++) {
      double w = problem.weight(problem.delta2(i, residuals));
      for (int c = 0; c < 3; c++) {
        weighted[3 * i + c] = w * residuals[3 * i + c] * residuals[3 * i + c];
      }
    }
    return new double[] {
      floor(weighted, data.variance, floors[0], 0, 1), floor(weighted, data.variance, floors[1], 2)
    };
  }

  private static double floor(double[] weighted, double[] variance, double now, int... components) {
    double excess = 0;
    double information = 0;
    for (int i = 0; i < weighted.length; i += 3) {
      for (int c : components) {
        double s = variance[i + c] + now * now;
        excess += (weighted[i + c] - s) / (s * s);
        information += 1 / (s * s);
      }
    }
    return Math.sqrt(Math.max(LEAST * LEAST, now * now + excess / information));
  }
}
