package org.mdx.bragg.internal.algebra;

import java.util.Arrays;

/**
 * Normal equations of observations in three components that depend on the same few columns: sums of
 * products of their derivatives, to be spread over an {@link ArrowMatrix} later.
 */
public final class BatchNormal {
  private int columns;
  private double[] matrix = {}; // columns · columns, filled from the diagonal to the right
  private double[] gradient = {};

  /** Begins anew. */
  public void begin(int newColumns) {
    columns = newColumns;
    if (gradient.length < columns) {
      gradient = new double[columns];
      matrix = new double[columns * columns];
    }
    Arrays.fill(gradient, 0, columns, 0);
    Arrays.fill(matrix, 0, columns * columns, 0);
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /**
   * Adds JᵀJ and Jᵀr of an observation.
   *
   * @param jacobian derivatives of the first component by all columns, then of the others
   * @param residual its three components
   */
  public void add(double[] jacobian, double[] residual) {
    int n = columns;
    double[] m = matrix;
    double[] g = gradient;
    double r0 = residual[0];
    double r1 = residual[1];
    double r2 = residual[2];
    for (int a = 0; a < n; a++) {
      double j0 = jacobian[a];
      double j1 = jacobian[n + a];
      double j2 = jacobian[2 * n + a];
      g[a] += j0 * r0 + j1 * r1 + j2 * r2;
      int row = a * n;
      for (int b = a; b < n; b++) {
        m[row + b] += j0 * jacobian[b] + j1 * jacobian[n + b] + j2 * jacobian[2 * n + b];
      }
    }
  }

  /** Σ Jᵀr of a column. */
  public double gradient(int a) {
    return gradient[a];
  }

  /** Σ JᵀJ of two columns. */
  public double get(int a, int b) {
    return a <= b ? matrix[a * columns + b] : matrix[b * columns + a];
  }
}
