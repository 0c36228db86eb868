package org.mdx.bragg.internal.intensity;

import java.util.Arrays;

/** Mean intensity of all sweeps by resolution. */
public final class ShellMeans {
  private static final int FEWEST = 50;

  /** Where shells begin; the first one at 0. */
  private final double[] edges;

  private final double[] mean;

  /**
   * Means of shells with about as many measurements each.
   *
   * @param inverseSquare 1/d² of each measurement, Å⁻²
   * @param value its intensity
   * @param most shells at most; fewer if one would have less than 50 measurements
   */
  public ShellMeans(double[] inverseSquare, double[] value, int most) {
    double[] sorted = inverseSquare.clone();
    Arrays.sort(sorted);
    int shells = Math.max(1, Math.min(most, sorted.length / FEWEST));
    edges = new double[shells];
    mean = new double[shells];
    for (int b = 1; b < shells; b++) {
      edges[b] = sorted[(int) ((long) b * sorted.length / shells)];
    }
    int[] n = new int[shells];
    for (double v : inverseSquare) {
      n[place(v)]++;
    }
    double[][] values = new double[shells][];
    for (int b = 0; b < shells; b++) {
      values[b] = new double[n[b]];
    }
    for (int i = 0; i < inverseSquare.length; i++) {
      int b = place(inverseSquare[i]);
      values[b][--n[b]] = value[i];
    }
    double highest = 0;
    for (int b = 0; b < shells; b++) {
      mean[b] = values[b].length == 0 ? 0 : IntensitySignal.mean(values[b]);
      highest = Math.max(highest, mean[b]);
    }
    for (int b = 0; b < shells; b++) {
      mean[b] = Math.max(mean[b], 1e-6 * Math.max(highest, 1e-30));
    }
  }

  private int place(double s) {
    int b = Arrays.binarySearch(edges, s);
    return b < 0 ? Math.max(0, -b - 2) : b;
  }

  /**
   * The mean at a resolution.
   *
   * @param inverseSquare 1/d², Å⁻²
   * @return that of its shell; above 0
   */
  public double at(double inverseSquare) {
    return mean[place(inverseSquare)];
  }
}
