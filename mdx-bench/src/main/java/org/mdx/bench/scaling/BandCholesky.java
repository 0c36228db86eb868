package org.mdx.bench.scaling;

/**
 * The textbook's solution of G u = y for a symmetric, positive definite matrix with its elements
 * near the diagonal: G = L Lᵀ, row by row.
 */
final class BandCholesky {
  private BandCholesky() {}

  /**
   * Solves G u = y.
   *
   * @param band element (p, p − k) at {@code band[p][width − k]}; L at the end
   * @param y right side; becomes u
   */
  static void solve(double[][] band, double[] y) {
    int width = band[0].length - 1;
    for (int p = 0; p < y.length; p++) {
      double[] row = band[p];
      for (int k = Math.min(width, p); k >= 0; k--) {
        double[] other = band[p - k];
        double sum = row[width - k];
        for (int j = Math.max(0, width - p); j < width - k; j++) {
          sum -= row[j] * other[j + k];
        }
        row[width - k] = k > 0 ? sum / other[width] : Math.sqrt(sum);
      }
    }
    for (int p = 0; p < y.length; p++) {
      for (int k = 1; k <= Math.min(width, p); k++) {
        y[p] -= band[p][width - k] * y[p - k];
      }
      y[p] /= band[p][width];
    }
    for (int p = y.length - 1; p >= 0; p--) {
      y[p] /= band[p][width];
      for (int k = 1; k <= Math.min(width, p); k++) {
        y[p - k] -= band[p][width - k] * y[p];
      }
    }
  }
}
