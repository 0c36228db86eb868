package org.mdx.reindex;

import org.mdx.internal.kernel.ReindexKernel;

/**
 * A correlation with its error: Pearson's r of all pairs, and the jackknife over blocks of
 * reciprocal space, which knows that neighbouring voxels are no independent measurements.
 */
final class BlockCorrelation {
  private final double[] sums;
  private final double[] total = new double[ReindexKernel.SUMS];

  BlockCorrelation(double[] sums) {
    this.sums = sums;
    for (int i = 0; i < sums.length; i++) {
      total[i % ReindexKernel.SUMS] += sums[i];
    }
  }

  /** Number of pairs. */
  int count() {
    return (int) total[0];
  }

  /** r of all pairs; NaN if there are fewer than three or one side does not vary. */
  double value() {
    return r(total);
  }

  /** r without one block. */
  private double without(int block) {
    double[] rest = total.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= sums[block * ReindexKernel.SUMS + i];
    }
    return r(rest);
  }

  private static double r(double[] s) {
    double n = s[0];
    double xx = s[3] - s[1] * s[1] / n;
    double yy = s[4] - s[2] * s[2] / n;
    double xy = s[5] - s[1] * s[2] / n;
    return n >= 3 && xx > 0 && yy > 0
        ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)))
        : Double.NaN;
  }

  /**
   * Standard error of r, or of the difference to another r from the same blocks: √((B − 1)/B·Σ(rᵢ −
   * r̄)²), rᵢ without block i of those B that hold pairs.
   *
   * @param other to subtract, or null
   * @return NaN if fewer than three blocks can be left out
   */
  double error(BlockCorrelation other) {
    int blocks = 0;
    double sum = 0;
    double squares = 0;
    for (int b = 0; b < sums.length / ReindexKernel.SUMS; b++) {
      boolean held =
          sums[b * ReindexKernel.SUMS] > 0
              || (other != null && other.sums[b * ReindexKernel.SUMS] > 0);
      double r = held ? without(b) - (other == null ? 0 : other.without(b)) : Double.NaN;
      if (!Double.isNaN(r)) {
        blocks++;
        sum += r;
        squares += r * r;
      }
    }
    if (blocks < 3) {
      return Double.NaN;
    }
    double mean = sum / blocks;
    return Math.sqrt((blocks - 1) * Math.max(0, squares / blocks - mean * mean));
  }
}
