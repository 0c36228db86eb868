package org.mdx.internal.kernel;

/** Miller indices in other axes, and what two sorted lists of voxels have in common. */
public final class ReindexKernel {
  /** Sums of each block in {@link #addCommon}: n, Σx, Σy, Σx², Σy², Σxy. */
  public static final int SUMS = 6;

  private ReindexKernel() {}

  /**
   * Replaces (H, K, L) by (H, K, L)·Mₙ, a row times the matrix of the row's number n. Does not
   * check; rows are independent of each other, so ranges can run in parallel.
   *
   * @param h in and out
   * @param k in and out
   * @param l in and out
   * @param op number of each row's matrix
   * @param from first row
   * @param to one past the last row
   * @param matrices nine elements for each number, row by row
   */
  public static void turn(int[] h, int[] k, int[] l, int[] op, int from, int to, int[] matrices) {
    for (int i = from; i < to; i++) {
      int m = 9 * op[i];
      int a = h[i];
      int b = k[i];
      int c = l[i];
      h[i] = a * matrices[m] + b * matrices[m + 3] + c * matrices[m + 6];
      k[i] = a * matrices[m + 1] + b * matrices[m + 4] + c * matrices[m + 7];
      l[i] = a * matrices[m + 2] + b * matrices[m + 5] + c * matrices[m + 8];
    }
  }

  /**
   * Adds the products of two lists of values over the keys that both have, block by block. Does not
   * check.
   *
   * @param keyX rising keys of the first list
   * @param x its values
   * @param keyY rising keys of the second list
   * @param y its values
   * @param block of each value of the second list, from 0
   * @param sums {@link #SUMS} for each block; added to
   */
  public static void addCommon(
      long[] keyX, float[] x, long[] keyY, float[] y, byte[] block, double[] sums) {
    int i = 0;
    int j = 0;
    while (i < keyX.length && j < keyY.length) {
      long a = keyX[i];
      long b = keyY[j];
      if (a == b) {
        int s = SUMS * block[j];
        double u = x[i];
        double v = y[j];
        sums[s]++;
        sums[s + 1] += u;
        sums[s + 2] += v;
        sums[s + 3] += u * u;
        sums[s + 4] += v * v;
        sums[s + 5] += u * v;
      }
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
  }
}
