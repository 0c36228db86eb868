package org.mdx.bragg.scale;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * CC½ of all measurements less that without one sweep (Assmann, Brehm &amp; Diederichs 2016, J.
 * Appl. Cryst. 49, 1021): a sweep that does not fit has a negative one. Intensities are taken over
 * the mean of their shell, so that the fall-off with resolution does not count.
 */
final class DeltaCcHalf {
  private final ScalingData data;
  private final boolean[] used;
  private final double[] y;

  private double groups;
  private double sum;
  private double squares;
  private double errors;

  DeltaCcHalf(ScalingData data, double[] g, boolean[] used) {
    this.data = data;
    this.used = used;
    y = overShellMeans(data, 0, data.measured, i -> used[i] ? data.value[i] / g[i] : Double.NaN);
  }

  /**
   * Intensities over the mean of their shell of resolution.
   *
   * @param data measurements
   * @param from the first of them
   * @param to behind the last
   * @param scaled their intensities, NaN of those that do not count
   * @return as many values, 0 of those that do not count
   */
  static double[] overShellMeans(ScalingData data, int from, int to, IntToDoubleFunction scaled) {
    double[] s = Arrays.copyOfRange(data.inverse2d2, from, to);
    Arrays.sort(s);
    int shells = Math.max(1, Math.min(10, s.length / 100));
    double[] edges = new double[shells];
    for (int b = 0; b < shells; b++) {
      edges[b] = s[(int) ((long) s.length * b / shells)];
    }
    double[] mean = new double[shells];
    int[] n = new int[shells];
    double[] y = new double[to - from];
    for (int i = from; i < to; i++) {
      y[i - from] = scaled.applyAsDouble(i);
      if (!Double.isNaN(y[i - from])) {
        int b = place(edges, data.inverse2d2[i]);
        mean[b] += y[i - from];
        n[b]++;
      }
    }
    for (int i = from; i < to; i++) {
      int b = place(edges, data.inverse2d2[i]);
      boolean counts = mean[b] > 0 && !Double.isNaN(y[i - from]);
      y[i - from] = counts ? y[i - from] / (mean[b] / n[b]) : 0;
    }
    return y;
  }

  private static int place(double[] edges, double s) {
    int b = Arrays.binarySearch(edges, s);
    return b < 0 ? Math.max(0, -b - 2) : b;
  }

  /** Adds the group, without one sweep, with a sign. */
  private void add(int h, int without, int sign) {
    double t = 0;
    double tt = 0;
    int n = 0;
    for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
      int i = data.groups.member(q);
      if (i < data.measured && used[i] && data.sweep[i] != without) {
        t += y[i];
        tt += y[i] * y[i];
        n++;
      }
    }
    if (n > 1) {
      double m = t / n;
      groups += sign;
      sum += sign * m;
      squares += sign * m * m;
      errors += sign * Math.max(0, tt - n * m * m) / (n - 1) / n;
    }
  }

  private double value() {
    if (groups < 3) {
      return Double.NaN;
    }
    double v = (squares - sum * sum / groups) / (groups - 1);
    double e = errors / groups;
    return (v - e) / (v + e);
  }

  /** ΔCC½ of each sweep. */
  double[] values() {
    int[][] groupsOf = new int[data.sweeps()][];
    int[] n = new int[data.sweeps()];
    for (int pass = 0; pass < 2; pass++) {
      int[] last = new int[data.sweeps()];
      Arrays.fill(last, -1);
      Arrays.fill(n, 0);
      for (int h = 0; h < data.groups.size(); h++) {
        for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
          int i = data.groups.member(q);
          int s = i < data.measured && used[i] ? data.sweep[i] : -1;
          if (s >= 0 && last[s] != h) {
            last[s] = h;
            if (pass == 1) {
              groupsOf[s][n[s]] = h;
            }
            n[s]++;
          }
        }
      }
      for (int s = 0; pass == 0 && s < n.length; s++) {
        groupsOf[s] = new int[n[s]];
      }
    }
    for (int h = 0; h < data.groups.size(); h++) {
      add(h, -1, 1);
    }
    double all = value();
    double[] kept = {groups, sum, squares, errors};
    double[] out = new double[data.sweeps()];
    for (int s = 0; s < out.length; s++) {
      for (int h : groupsOf[s]) {
        add(h, -1, -1);
        add(h, s, 1);
      }
      out[s] = groupsOf[s].length == 0 ? Double.NaN : all - value();
      groups = kept[0];
      sum = kept[1];
      squares = kept[2];
      errors = kept[3];
    }
    return out;
  }
}
