package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.Covariance;

/**
 * A prior on values along a scan: the steps from each to the next, in their units, are independent
 * and normal with one variance 1/strength. It adds strength · Σ step² to the cost.
 */
final class RandomWalk {
  private final FitParameter kind;
  private final int crystal;
  private final List<int[]> rows = new ArrayList<>(); // places of the values of a number, in order
  private final List<Double> units = new ArrayList<>();
  private double strength;

  RandomWalk(FitParameter kind, int crystal) {
    this.kind = kind;
    this.crystal = crystal;
  }

  FitParameter kind() {
    return kind;
  }

  int crystal() {
    return crystal;
  }

  /** Adds the values of a number. */
  void add(int from, int values, double unit) {
    int[] row = new int[values];
    for (int i = 0; i < values; i++) {
      row[i] = from + i;
    }
    rows.add(row);
    units.add(unit);
  }

  double strength() {
    return strength;
  }

  void strength(double value) {
    strength = value;
  }

  /** Number of steps. */
  int steps() {
    return rows.stream().mapToInt(r -> r.length - 1).sum();
  }

  /** Σ step². */
  double roughness(double[] p) {
    double sum = 0;
    for (int r = 0; r < rows.size(); r++) {
      int[] at = rows.get(r);
      for (int i = 1; i < at.length; i++) {
        double step = (p[at[i]] - p[at[i - 1]]) / units.get(r);
        sum += step * step;
      }
    }
    return sum;
  }

  /** Adds factor times half the gradient and half the second derivatives of the cost. */
  void add(double[] p, int[] among, double factor, double[] gradient, ArrowMatrix normal) {
    for (int r = 0; r < rows.size(); r++) {
      int[] at = rows.get(r);
      double w = factor * strength / (units.get(r) * units.get(r));
      for (int i = 1; i < at.length; i++) {
        int a = among[at[i - 1]];
        int b = among[at[i]];
        double step = p[at[i]] - p[at[i - 1]];
        gradient[a] -= w * step;
        gradient[b] += w * step;
        normal.add(a, a, w);
        normal.add(b, b, w);
        normal.add(a, b, -w);
      }
    }
  }

  /** Σ of the variances of the steps. */
  double variances(int[] among, Covariance covariance) {
    double sum = 0;
    for (int r = 0; r < rows.size(); r++) {
      int[] at = rows.get(r);
      for (int i = 1; i < at.length; i++) {
        int a = among[at[i - 1]];
        int b = among[at[i]];
        sum +=
            (covariance.get(a, a) + covariance.get(b, b) - 2 * covariance.get(a, b))
                / (units.get(r) * units.get(r));
      }
    }
    return sum;
  }

  /** Mean over the values of the second derivatives of the cost of observations, in the units. */
  double curvature(int[] among, ArrowMatrix normal) {
    double sum = 0;
    int n = 0;
    for (int r = 0; r < rows.size(); r++) {
      for (int at : rows.get(r)) {
        sum += normal.get(among[at], among[at]) * units.get(r) * units.get(r);
        n++;
      }
    }
    return sum / n;
  }
}
