package org.mdx.internal.kernel;

import java.util.Arrays;

/**
 * Linear interpolation from a coarse grid with two axes to a finer one over the same area, for
 * several panels at a time, and its transpose.
 */
public final class GridTransfer {
  private final int panels;
  private final int[] fine;
  private final int[] coarse;

  /** Of each fine point along an axis, the coarse point before it and the weight of the next. */
  private final int[][] before = new int[2][];

  private final double[][] next = new double[2][];

  /**
   * A transfer.
   *
   * @param panels that follow each other
   * @param fine points along both axes
   * @param coarse points along both axes, 2 or more
   */
  public GridTransfer(int panels, int[] fine, int[] coarse) {
    this.panels = panels;
    this.fine = fine.clone();
    this.coarse = coarse.clone();
    for (int along = 0; along < 2; along++) {
      before[along] = new int[fine[along]];
      next[along] = new double[fine[along]];
      for (int i = 0; i < fine[along]; i++) {
        double at = i * (coarse[along] - 1.0) / Math.max(1, fine[along] - 1);
        before[along][i] = Math.min((int) at, coarse[along] - 2);
        next[along][i] = at - before[along][i];
      }
    }
  }

  /**
   * Interpolates.
   *
   * @param from values at the coarse points
   * @param to values at the fine points; filled
   */
  public void interpolate(double[] from, double[] to) {
    int ny = fine[1];
    int[] column = before[1];
    double[] right = next[1];
    double[] row = new double[coarse[1]];
    for (int k = 0; k < panels * fine[0]; k++) {
      int i = k % fine[0];
      double w = next[0][i];
      int a = (k / fine[0] * coarse[0] + before[0][i]) * coarse[1];
      int b = a + coarse[1];
      for (int j = 0; j < row.length; j++) {
        row[j] = (1 - w) * from[a + j] + w * from[b + j];
      }
      int out = k * ny;
      for (int j = 0; j < ny; j++) {
        int q = column[j];
        to[out + j] = row[q] + right[j] * (row[q + 1] - row[q]);
      }
    }
  }

  /**
   * The transpose of {@link #interpolate}.
   *
   * @param from values at the fine points
   * @param to values at the coarse points; filled
   */
  public void collect(double[] from, double[] to) {
    Arrays.fill(to, 0);
    int ny = fine[1];
    int[] column = before[1];
    double[] right = next[1];
    double[] row = new double[coarse[1]];
    for (int k = 0; k < panels * fine[0]; k++) {
      Arrays.fill(row, 0);
      int in = k * ny;
      for (int j = 0; j < ny; j++) {
        int q = column[j];
        double share = right[j] * from[in + j];
        row[q] += from[in + j] - share;
        row[q + 1] += share;
      }
      int i = k % fine[0];
      double w = next[0][i];
      int a = (k / fine[0] * coarse[0] + before[0][i]) * coarse[1];
      int b = a + coarse[1];
      for (int j = 0; j < row.length; j++) {
        to[a + j] += (1 - w) * row[j];
        to[b + j] += w * row[j];
      }
    }
  }
}
