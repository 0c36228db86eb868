package org.mdx.internal.kernel;

/**
 * Decomposes a small symmetric, positive semidefinite matrix of few diagonals, G = L Lᵀ, row by
 * row, and solves G u = y. A point that the others determine already, or nothing at all, becomes 0.
 */
public final class BandCholesky {
  /** Pivots below so much of their element are but rounding. */
  private static final double SINGULAR = 1e-11;

  private final int width;

  /** Element (p, p − k) of L at {@code [p][width − k]}; the main one inverted. */
  private final double[][] band;

  /**
   * Decomposes.
   *
   * @param offset of each diagonal, rising
   * @param g diagonals on and above the main one, as {@link ConjugateGradient} has them
   */
  public BandCholesky(int[] offset, double[][] g) {
    int n = g[0].length;
    width = offset[offset.length - 1];
    band = new double[n][width + 1];
    for (int d = 0; d < offset.length; d++) {
      for (int p = 0; p + offset[d] < n; p++) {
        band[p + offset[d]][width - offset[d]] = g[d][p];
      }
    }
    for (int p = 0; p < n; p++) {
      decompose(p);
    }
  }

  private void decompose(int p) {
    double[] row = band[p];
    for (int k = Math.min(width, p); k >= 0; k--) {
      double[] other = band[p - k];
      double sum = row[width - k];
      double whole = sum;
      for (int j = Math.max(0, width - p); j < width - k; j++) {
        sum -= row[j] * other[j + k];
      }
      if (k > 0) {
        row[width - k] = sum * other[width];
      } else {
        row[width] = sum > SINGULAR * whole ? 1 / Math.sqrt(sum) : 0;
      }
    }
  }

  /**
   * Solves.
   *
   * @param y right side
   * @param u the solution; filled
   */
  public void solve(double[] y, double[] u) {
    for (int p = 0; p < u.length; p++) {
      double[] row = band[p];
      double sum = y[p];
      for (int k = Math.min(width, p); k > 0; k--) {
        sum -= row[width - k] * u[p - k];
      }
      u[p] = sum * row[width];
    }
    for (int p = u.length - 1; p >= 0; p--) {
      double[] row = band[p];
      double v = u[p] * row[width];
      u[p] = v;
      for (int k = Math.min(width, p); k > 0; k--) {
        u[p - k] -= row[width - k] * v;
      }
    }
  }
}
