package org.mdx.bench.scaling;

import java.util.List;

/**
 * A row of a matrix of which few elements are not 0, as the naive twins keep their design matrices.
 *
 * @param columns of the elements
 * @param values of the elements
 */
record SparseRow(int[] columns, double[] values) {

  /**
   * The weights of the control points around a place: hat functions of the axes, multiplied.
   *
   * @param axis first point, points per unit and number of points of each axis in turn
   * @param at coordinate along each axis, between its ends
   */
  static SparseRow around(double[] axis, double... at) {
    int[] columns = {0};
    double[] weights = {1};
    for (int a = 0; a < at.length; a++) {
      int n = (int) axis[3 * a + 2];
      double f = (at[a] - axis[3 * a]) * axis[3 * a + 1];
      int low = (int) Math.min(Math.floor(f), n - 2.0);
      int[] c = new int[2 * columns.length];
      double[] w = new double[c.length];
      for (int j = 0; j < columns.length; j++) {
        c[2 * j] = columns[j] * n + low;
        w[2 * j] = weights[j] * (1 - (f - low));
        c[2 * j + 1] = c[2 * j] + 1;
        w[2 * j + 1] = weights[j] * (f - low);
      }
      columns = c;
      weights = w;
    }
    return new SparseRow(columns, weights);
  }

  /** Scalar product with a vector. */
  double times(double[] u) {
    double sum = 0;
    for (int i = 0; i < columns.length; i++) {
      sum += values[i] * u[columns[i]];
    }
    return sum;
  }

  /** This row times a number. */
  SparseRow times(double factor) {
    double[] v = values.clone();
    for (int i = 0; i < v.length; i++) {
      v[i] *= factor;
    }
    return new SparseRow(columns, v);
  }

  /** Aᵀy. */
  static double[] project(List<SparseRow> rows, double[] y, int n) {
    double[] product = new double[n];
    for (int row = 0; row < y.length; row++) {
      SparseRow a = rows.get(row);
      for (int i = 0; i < a.columns.length; i++) {
        product[a.columns[i]] += a.values[i] * y[row];
      }
    }
    return product;
  }
}
