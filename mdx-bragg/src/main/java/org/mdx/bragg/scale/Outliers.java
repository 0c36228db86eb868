package org.mdx.bragg.scale;

import java.util.Arrays;

/** Finds measurements that disagree with their equivalents. */
final class Outliers {
  /** Beyond this multiple of the mean of its shell an intensity is none. */
  private static final double WILSON = 100;

  private static final int SHELL = 100;

  private Outliers() {}

  /**
   * Takes out outliers.
   *
   * @param used measurements that count; outliers are set to false
   * @param sigmas standard deviations beyond which one is
   * @return how many were found
   */
  static int reject(
      ScalingData data, double[] g, boolean[] used, ErrorModel[] models, double sigmas) {
    int found = wilson(data, g, used);
    LeaveOneOut loo = new LeaveOneOut(data, g, used, models);
    for (int h = 0; h < data.groups.size(); h++) {
      boolean again = true;
      while (again) {
        int n = 0;
        int worst = -1;
        double most = sigmas;
        for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
          int i = data.groups.member(q);
          if (!used[i]) {
            continue;
          }
          n++;
          double z = i < data.measured ? Math.abs(loo.deviation(i)) : 0;
          if (z > most) {
            most = z;
            worst = i;
          }
        }
        again = n > 2 && worst >= 0;
        if (again) {
          loo.remove(worst);
          found++;
        }
      }
    }
    return found;
  }

  private static int wilson(ScalingData data, double[] g, boolean[] used) {
    int n = 0;
    double[] s = new double[data.measured];
    for (int i = 0; i < data.measured; i++) {
      if (used[i]) {
        s[n++] = data.inverse2d2[i];
      }
    }
    s = Arrays.copyOf(s, n);
    Arrays.sort(s);
    int shells = Math.max(1, Math.min(20, n / SHELL));
    double[] edges = new double[shells];
    for (int b = 0; b < shells && n > 0; b++) {
      edges[b] = s[(int) ((long) n * b / shells)];
    }
    double[] sum = new double[shells];
    int[] count = new int[shells];
    for (int i = 0; i < data.measured; i++) {
      if (used[i]) {
        int b = place(edges, data.inverse2d2[i]);
        sum[b] += data.value[i] / g[i];
        count[b]++;
      }
    }
    int found = 0;
    for (int i = 0; i < data.measured; i++) {
      int b = place(edges, data.inverse2d2[i]);
      double mean = sum[b] / Math.max(1, count[b]);
      if (used[i] && mean > 0 && data.value[i] / g[i] > WILSON * mean) {
        used[i] = false;
        found++;
      }
    }
    return found;
  }

  private static int place(double[] edges, double s) {
    int b = Arrays.binarySearch(edges, s);
    return b < 0 ? Math.max(0, -b - 2) : b;
  }
}
