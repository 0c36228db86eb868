package org.mdx.bragg.scale;

import java.util.Arrays;

/** Finds measurements that disagree with their equivalents, or with the more of them. */
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
    Majority majority = new Majority(data, g, loo, models, sigmas);
    int[] members = new int[0];
    for (int h = 0; h < data.groups.size(); h++) {
      int from = data.groups.start(h);
      int to = data.groups.start(h + 1);
      members = members.length < to - from ? new int[to - from] : members;
      int n = 0;
      for (int q = from; q < to; q++) {
        int i = data.groups.member(q);
        members[n] = i;
        n += used[i] ? 1 : 0;
      }
      int removed = rejectWorst(data, loo, members, n, sigmas);
      found += removed;
      found += removed > 0 ? majority.decide(members, n, used) : 0;
    }
    return found;
  }

  /** Takes out the worst as long as there is one and more than two are left. */
  private static int rejectWorst(
      ScalingData data, LeaveOneOut loo, int[] members, int n, double sigmas) {
    int found = 0;
    while (n - found > 2) {
      int worst = -1;
      double most = sigmas;
      for (int k = 0; k < n; k++) {
        int i = members[k];
        double z = loo.weight[i] > 0 && i < data.measured ? Math.abs(loo.deviation(i)) : 0;
        if (z > most) {
          most = z;
          worst = i;
        }
      }
      if (worst < 0) {
        break;
      }
      loo.remove(worst);
      found++;
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
