package org.mdx.internal.kernel;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Matrices of few diagonals for tests of solvers. */
final class FewDiagonals {
  private FewDiagonals() {}

  /** Σ w (x[p] − x[q])² of neighbours with random w, and a little of x². */
  static double[][] matrix(int[] offset, int n, double identity, Random random) {
    double[][] g = new double[offset.length][n];
    for (int p = 0; p < n; p++) {
      g[0][p] += identity * (0.5 + random.nextDouble());
      for (int d = 1; d < offset.length; d++) {
        int q = p + offset[d];
        if (q < n) {
          double w = random.nextDouble();
          g[0][p] += w;
          g[0][q] += w;
          g[d][p] -= w;
        }
      }
    }
    return g;
  }

  static DMatrixRMaj full(int[] offset, double[][] g) {
    int n = g[0].length;
    DMatrixRMaj m = new DMatrixRMaj(n, n);
    for (int d = 0; d < offset.length; d++) {
      for (int p = 0; p + offset[d] < n; p++) {
        m.set(p, p + offset[d], g[d][p]);
        m.set(p + offset[d], p, g[d][p]);
      }
    }
    return m;
  }
}
