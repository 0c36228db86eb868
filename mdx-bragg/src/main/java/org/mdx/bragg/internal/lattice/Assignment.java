package org.mdx.bragg.internal.lattice;

import java.util.Arrays;
import org.mdx.bragg.internal.kernel.LatticeResiduals;
import org.mdx.math.Mat3;

/**
 * Which spot has which index.
 *
 * @param hkl nearest index of each point, three numbers each
 * @param rest what is left of the index, three numbers each
 * @param which points that have their index, rising
 */
public record Assignment(int[] hkl, double[] rest, int[] which) {
  /** Largest |A⁻¹r − h|. */
  public static final double TOLERANCE = 0.3;

  /** Two spots with one index are two observations if they are so far apart, degrees. */
  private static final double APART = 45;

  /** Part of the way to the next lattice point. */
  private static final double QUARTER = 0.25;

  /**
   * Assigns indices.
   *
   * @param tolerance largest distance from an index; 0 for a quarter of the way to the next lattice
   *     point, measured in the errors of the score, and never more than 0.3
   */
  public static Assignment of(Points p, Mat3 a, double tolerance, LatticeScore score) {
    int n = p.size();
    int[] hkl = new int[3 * n];
    double[] rest = new double[3 * n];
    LatticeResiduals.nearest(p.r, a.inverse().toRowMajor(), hkl, rest);
    double[] distance = new double[n];
    double most = tolerance > 0 ? tolerance : TOLERANCE;
    double[] m = a.toRowMajor();
    for (int i = 0; i < n; i++) {
      int k = 3 * i;
      double d =
          Math.sqrt(rest[k] * rest[k] + rest[k + 1] * rest[k + 1] + rest[k + 2] * rest[k + 2]);
      boolean origin = hkl[k] == 0 && hkl[k + 1] == 0 && hkl[k + 2] == 0;
      boolean near = d < most && !origin;
      if (near && tolerance == 0 && score != null && p.density[i] > 0) {
        near =
            whitened(p, m, i, rest[k], rest[k + 1], rest[k + 2], score)
                < QUARTER * QUARTER * nextPoint(p, m, i, score);
      }
      distance[i] = near ? d : Double.POSITIVE_INFINITY;
    }
    dropDoubles(p, hkl, distance);
    int[] which = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (distance[i] < Double.POSITIVE_INFINITY) {
        which[count++] = i;
      }
    }
    return new Assignment(hkl, rest, Arrays.copyOf(which, count));
  }

  /** Squared length of a step in index space, in errors. */
  private static double whitened(
      Points p, double[] a, int i, double x, double y, double z, LatticeScore s) {
    double u = a[0] * x + a[1] * y + a[2] * z;
    double v = a[3] * x + a[4] * y + a[5] * z;
    double w = a[6] * x + a[7] * y + a[8] * z;
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int q = 9 * i + 3 * k;
      double d = p.response[q] * u + p.response[q + 1] * v + p.response[q + 2] * w;
      d /= k < 2 ? s.across() : s.along();
      sum += d * d;
    }
    return sum;
  }

  private static double nextPoint(Points p, double[] a, int i, LatticeScore s) {
    double least = Double.POSITIVE_INFINITY;
    for (int n = 14; n < 27; n++) {
      least = Math.min(least, whitened(p, a, i, n / 9 - 1, n / 3 % 3 - 1, n % 3 - 1, s));
    }
    return least;
  }

  /**
   * Of two spots with one index within 45° the nearer keeps it. Spots of one index are a chain, in
   * their order, which starts in a table of hashes.
   */
  private static void dropDoubles(Points p, int[] hkl, double[] distance) {
    int n = distance.length;
    int mask = Integer.highestOneBit(Math.max(1, n)) * 4 - 1;
    int[] first = new int[mask + 1];
    int[] last = new int[n];
    int[] next = new int[n];
    Arrays.fill(first, -1);
    Arrays.fill(next, -1);
    for (int i = 0; i < n; i++) {
      if (distance[i] == Double.POSITIVE_INFINITY) {
        continue;
      }
      int slot = hash(p.sweep[i], hkl, i) & mask;
      while (first[slot] >= 0 && !same(p, hkl, first[slot], i)) {
        slot = slot + 1 & mask;
      }
      int head = first[slot];
      if (head < 0) {
        first[slot] = i;
        last[i] = i;
        continue;
      }
      for (int k = head; k >= 0; k = next[k]) {
        nearer(p, distance, k, i);
      }
      next[last[head]] = i;
      last[head] = i;
    }
  }

  private static int hash(int sweep, int[] hkl, int i) {
    int h = sweep;
    for (int k = 0; k < 3; k++) {
      h = (h + hkl[3 * i + k]) * 0x9E3779B1;
      h ^= h >>> 15;
    }
    return h;
  }

  private static boolean same(Points p, int[] hkl, int x, int y) {
    return p.sweep[x] == p.sweep[y]
        && hkl[3 * x] == hkl[3 * y]
        && hkl[3 * x + 1] == hkl[3 * y + 1]
        && hkl[3 * x + 2] == hkl[3 * y + 2];
  }

  private static void nearer(Points p, double[] distance, int first, int second) {
    if (distance[first] < Double.POSITIVE_INFINITY
        && distance[second] < Double.POSITIVE_INFINITY
        && Math.abs(p.turned(first) - p.turned(second)) < APART) {
      int loser = distance[second] < distance[first] ? first : second;
      distance[loser] = Double.POSITIVE_INFINITY;
    }
  }
}
