package org.mdx.bragg.scale;

/** Covariances of parameters: of all, or of those of each sweep with each other. */
final class Covariance {
  private final int[] start;
  private final double[][] blocks;

  private Covariance(int[] start, double[][] blocks) {
    this.start = start;
    this.blocks = blocks;
  }

  /** Of all parameters; null makes none. */
  static Covariance whole(double[] matrix, int size) {
    return matrix == null
        ? new Covariance(new int[] {0}, new double[0][])
        : new Covariance(new int[] {0, size}, new double[][] {matrix});
  }

  /**
   * Of adjacent parameters.
   *
   * @param start first of each block, and behind the last
   * @param blocks row by row; null for one that does not exist
   */
  static Covariance ofBlocks(int[] start, double[][] blocks) {
    return new Covariance(start, blocks);
  }

  private double[] block(int b) {
    return b < blocks.length ? blocks[b] : null;
  }

  private int blockOf(int parameter) {
    int b = java.util.Arrays.binarySearch(start, parameter);
    int at = b < 0 ? -b - 2 : b;
    // empty blocks begin where the next one does
    while (at + 1 < start.length && start[at + 1] == start[at]) {
      at++;
    }
    return at;
  }

  /** Variance of a parameter, 0 if it is not known. */
  double variance(int k) {
    int b = blockOf(k);
    int n = b + 1 < start.length ? start[b + 1] - start[b] : 0;
    return block(b) == null ? 0 : Math.max(0, block(b)[(k - start[b]) * (n + 1)]);
  }

  /** Variance of a sum of so many parameters of one sweep with factors. */
  double form(int[] index, double[] factor, int count) {
    int b = count == 0 ? blocks.length : blockOf(index[0]);
    if (block(b) == null) {
      return 0;
    }
    int n = start[b + 1] - start[b];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      for (int l = 0; l < count; l++) {
        sum += factor[k] * factor[l] * block(b)[(index[k] - start[b]) * n + index[l] - start[b]];
      }
    }
    return Math.max(0, sum);
  }
}
