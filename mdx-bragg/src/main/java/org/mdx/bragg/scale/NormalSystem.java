package org.mdx.bragg.scale;

/** The normal equations of one step. */
interface NormalSystem {
  /**
   * Solves them with the diagonal raised.
   *
   * @param lambda part by which
   * @return changes of the parameters; null if the matrix is not positive
   */
  double[] solve(double lambda);
}
