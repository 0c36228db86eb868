package org.mdx.bragg.scale;

import java.util.Arrays;

/** Means of the equivalents of a measurement without itself. */
final class LeaveOneOut {
  private final ScalingData data;
  private final double[] g;
  private final boolean[] used;

  /** 1/σ'² of each measurement that is used, 0 of the others. */
  final double[] weight;

  /** Σ w g I and Σ w g² of each group. */
  private final double[] top;

  private final double[] bottom;

  LeaveOneOut(ScalingData data, double[] g, boolean[] used, ErrorModel[] models) {
    this.data = data;
    this.g = g;
    this.used = used;
    weight = new double[data.size()];
    top = new double[data.groups.size()];
    bottom = new double[data.groups.size()];
    double[] room = new double[longest()];
    for (int h = 0; h < top.length; h++) {
      double mean = plainMean(h, room);
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        if (used[i]) {
          weight[i] = 1 / variance(i, mean, models);
          top[h] += weight[i] * g[i] * data.value[i];
          bottom[h] += weight[i] * g[i] * g[i];
        }
      }
    }
  }

  private int longest() {
    int most = 0;
    for (int h = 0; h < top.length; h++) {
      most = Math.max(most, data.groups.start(h + 1) - data.groups.start(h));
    }
    return most;
  }

  /** Variance of a measurement of which a mean is expected. */
  double variance(int i, double mean, ErrorModel[] models) {
    double v = data.varianceAt(i, g[i] * mean);
    return i < data.measured ? models[data.sweep[i]].variance(v, g[i] * mean) : v;
  }

  /** Median of the members that are used; the mean of two. */
  private double median(int h, double[] room) {
    int n = 0;
    for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
      int i = data.groups.member(q);
      if (used[i]) {
        room[n++] = data.value[i] / g[i];
      }
    }
    Arrays.sort(room, 0, n);
    return n == 0 ? 0 : (room[(n - 1) / 2] + room[n / 2]) / 2;
  }

  /** A mean with weights that do not depend on the single intensities. */
  private double plainMean(int h, double[] room) {
    double expected = median(h, room);
    double t = 0;
    double b = 0;
    for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
      int i = data.groups.member(q);
      if (used[i]) {
        double w = 1 / data.varianceAt(i, g[i] * expected);
        t += w * g[i] * data.value[i];
        b += w * g[i] * g[i];
      }
    }
    return b > 0 ? t / b : 0;
  }

  /** Mean of a whole group; NaN of an empty one. */
  double groupMean(int h) {
    return top[h] / bottom[h];
  }

  double mean(int i) {
    int h = data.group[i];
    double b = bottom[h] - weight[i] * g[i] * g[i];
    return (top[h] - weight[i] * g[i] * data.value[i]) / b;
  }

  /** Variance of that mean. */
  double variance(int i) {
    int h = data.group[i];
    return 1 / (bottom[h] - weight[i] * g[i] * g[i]);
  }

  /** Deviation of a measurement from the others in standard deviations. */
  double deviation(int i) {
    double v = 1 / weight[i] + g[i] * g[i] * variance(i);
    return (data.value[i] - g[i] * mean(i)) / Math.sqrt(v);
  }

  /** Takes a measurement out. */
  void remove(int i) {
    int h = data.group[i];
    top[h] -= weight[i] * g[i] * data.value[i];
    bottom[h] -= weight[i] * g[i] * g[i];
    weight[i] = 0;
    used[i] = false;
  }

  /** The value below which 68.3 % of absolute deviations lie. */
  static double width(double[] absolute) {
    if (absolute.length == 0) {
      return Double.NaN;
    }
    double[] s = absolute.clone();
    Arrays.sort(s);
    double x = 0.6826894921370859 * (s.length - 1);
    int i = (int) x;
    return i + 1 < s.length ? s[i] + (x - i) * (s[i + 1] - s[i]) : s[i];
  }
}
