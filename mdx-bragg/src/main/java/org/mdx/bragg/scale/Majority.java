package org.mdx.bragg.scale;

/**
 * Decides groups in which some measurements agree and more others agree on something else. Weighted
 * means follow the few precise ones, so two that lie in one shadow outvote four good ones. An
 * outlier is one of a hundred and may be anywhere, so it takes more of them to explain that the
 * majority is wrong: of both sets of measurements that may be right, the likelier one is kept.
 */
final class Majority {
  /** Part of all measurements that are outliers. */
  private static final double OUTLIERS = 0.01;

  private static final int ROUNDS = 3;

  private final ScalingData data;
  private final double[] g;
  private final LeaveOneOut loo;
  private final ErrorModel[] models;
  private final double sigmas;

  Majority(ScalingData data, double[] g, LeaveOneOut loo, ErrorModel[] models, double sigmas) {
    this.data = data;
    this.g = g;
    this.loo = loo;
    this.models = models;
    this.sigmas = sigmas;
  }

  /** Measurements that may be right, and their mean. */
  private static final class Side {
    private final boolean[] in;
    private int n;
    private double mean;

    Side(int members) {
      in = new boolean[members];
    }
  }

  /**
   * Looks whether more of a group agree with one of those that were left out.
   *
   * @param members those that counted before, first n
   * @param used whether they count now; changed if the majority is likelier
   * @return by how many more are left out now
   */
  int decide(int[] members, int n, boolean[] used) {
    Side kept = new Side(n);
    double largest = 0;
    for (int k = 0; k < n; k++) {
      if (members[k] >= data.measured) {
        return 0;
      }
      kept.in[k] = used[members[k]];
      kept.n += kept.in[k] ? 1 : 0;
      largest = Math.max(largest, Math.abs(value(members[k])));
    }
    if (!(largest > 0)) {
      return 0;
    }
    average(kept, members, n, value(members[first(kept)]));
    double best = logLikelihood(kept, members, n, largest);
    Side chosen = kept;
    for (int k = 0; k < n; k++) {
      Side other = kept.in[k] ? kept : about(members, n, value(members[k]));
      if (other.n > kept.n) {
        double l = logLikelihood(other, members, n, largest);
        if (l > best) {
          best = l;
          chosen = other;
        }
      }
    }
    for (int k = 0; k < n; k++) {
      used[members[k]] = chosen.in[k];
    }
    return kept.n - chosen.n;
  }

  private static int first(Side s) {
    int k = 0;
    while (!s.in[k]) {
      k++;
    }
    return k;
  }

  private double value(int i) {
    return data.value[i] / g[i];
  }

  /** Of the value, if a mean is right. */
  private double variance(int i, double mean) {
    return loo.variance(i, mean, models) / (g[i] * g[i]);
  }

  /** Those that agree with a value and with their mean. */
  private Side about(int[] members, int n, double value) {
    Side s = new Side(n);
    s.mean = value;
    double own = Double.POSITIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      if (value(members[k]) == value) {
        own = Math.min(own, variance(members[k], value));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      s.n = 0;
      for (int k = 0; k < n; k++) {
        double v = variance(members[k], s.mean) + (round == 0 ? own : 0);
        double off = value(members[k]) - s.mean;
        s.in[k] = off * off <= sigmas * sigmas * v;
        s.n += s.in[k] ? 1 : 0;
      }
      if (s.n == 0) {
        return s;
      }
      average(s, members, n, s.mean);
    }
    return s;
  }

  /** Its weighted mean, with the variances that an expected value asks for. */
  private void average(Side s, int[] members, int n, double expected) {
    double top = 0;
    double bottom = 0;
    for (int k = 0; k < n; k++) {
      if (s.in[k]) {
        double w = 1 / variance(members[k], expected);
        top += w * value(members[k]);
        bottom += w;
      }
    }
    s.mean = top / bottom;
  }

  /** Normal errors of those that are right, anything up to the largest value of the others. */
  private double logLikelihood(Side s, int[] members, int n, double largest) {
    double sum = (n - s.n) * Math.log(OUTLIERS / largest);
    for (int k = 0; k < n; k++) {
      if (s.in[k]) {
        double v = variance(members[k], s.mean);
        double off = value(members[k]) - s.mean;
        sum -= (off * off / v + Math.log(2 * Math.PI * v)) / 2;
      }
    }
    return sum;
  }
}
