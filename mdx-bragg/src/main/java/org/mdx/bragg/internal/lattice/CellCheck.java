package org.mdx.bragg.internal.lattice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.SpaceGroup;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Whether a cell is a multiple or a part of the true one: conditions on the indices (h·u divisible
 * by n) that all spots obey tell of a smaller cell, spots half-way between lattice points of a
 * doubled one.
 */
public final class CellCheck {
  /** Part of the indices that must obey a condition. */
  private static final double OBEY = 0.9;

  private static final int FEWEST = 12;

  /** Reflections, and the part of them, that tell of a centring or a smaller cell. */
  private static final int MANY = 40;

  private static final double NEARLY_ALL = 0.97;

  /** Probability of belonging to the lattice from which an index is believed. */
  private static final double LIKELY = 0.5;

  /** Logarithm of the likelihood that spots between the lattice points must add. */
  private static final double GAIN = 15;

  /** Least part of the spots that lie between the points of a lattice to be doubled. */
  private static final double PART = 0.05;

  /**
   * Least part of the spots without an index that they are: those of a twin are near such points in
   * some layers only.
   */
  private static final double OF_REST = 0.5;

  private CellCheck() {}

  /** A finding: the matrix of the better cell and what to say about it. */
  public record Finding(Mat3 a, String text) {}

  /** A condition h·u = n·i + remainder that the indices obey. */
  record Condition(int[] u, int n, int remainder, int obey, int of) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d of %d indices obey %dh%+dk%+dl = %dn%s",
          obey,
          of,
          u[0],
          u[1],
          u[2],
          n,
          remainder == 0 ? "" : "+" + remainder);
    }
  }

  /** The sublattice that the indices live on, or null. */
  public static Finding smaller(LatticeModel m) {
    Condition c = condition(m, false);
    return c == null
        ? null
        : new Finding(
            divided(m.a(), c.u(), c.n()), c + ": the cell is " + c.n() + " times smaller");
  }

  /**
   * A condition that nearly all indices obey, or null.
   *
   * @param shifted whether the origin is to be the one that does not
   */
  static Condition condition(LatticeModel m, boolean shifted) {
    int[] which = m.believed(m.assigned().which(), LIKELY);
    int[] h = m.assigned().hkl();
    if (which.length < FEWEST) {
      return null;
    }
    for (int n : new int[] {2, 3, 4, 5}) {
      for (int[] u : conditions(n)) {
        int[] count = new int[n];
        for (int i : which) {
          count[Math.floorMod(h[3 * i] * u[0] + h[3 * i + 1] * u[1] + h[3 * i + 2] * u[2], n)]++;
        }
        for (int r = shifted ? 1 : 0; r < (shifted ? n : 1); r++) {
          if (count[r] > OBEY * which.length) {
            return new Condition(u, n, r, count[r], which.length);
          }
        }
      }
    }
    return null;
  }

  /**
   * A condition that nearly all indices obey and the centring of the lattice does not make.
   *
   * @param h indices, three for each reflection
   * @param group the space group that they have
   * @return a sentence, if there is such a condition
   */
  public static Optional<String> condition(int[] h, SpaceGroup group) {
    int size = h.length / 3;
    for (int n = 2; n <= 3 && size >= MANY; n++) {
      for (int[] u : conditions(n)) {
        int obey = 0;
        for (int i = 0; i < size; i++) {
          obey += (h[3 * i] * u[0] + h[3 * i + 1] * u[1] + h[3 * i + 2] * u[2]) % n == 0 ? 1 : 0;
        }
        if (obey > NEARLY_ALL * size && !isOfCentring(u, n, group)) {
          return Optional.of(new Condition(u, n, 0, obey, size).toString());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOfCentring(int[] u, int n, SpaceGroup group) {
    int period = 6; // of every centring and of n
    boolean all = true;
    for (int i = 0; i < period * period * period; i++) {
      int h = i / period / period;
      int k = i / period % period;
      int l = i % period;
      boolean absent = (h * u[0] + k * u[1] + l * u[2]) % n != 0;
      all &= !absent || group.isCentringAbsent(h, k, l);
    }
    return all;
  }

  /** Vectors modulo n, one of each class of multiples: a component that has an inverse is 1. */
  private static List<int[]> conditions(int n) {
    List<int[]> found = new ArrayList<>();
    for (int i = 1; i < n * n * n; i++) {
      int[] u = {i / n / n, i / n % n, i % n};
      int first = unit(u, n);
      if (first >= 0 && u[first] == 1) {
        found.add(u);
      }
    }
    return found;
  }

  /** The first component without a factor in common with n, or −1. */
  private static int unit(int[] u, int n) {
    for (int i = 0; i < 3; i++) {
      if (u[i] % n != 0 && !(n == 4 && u[i] % 2 == 0)) {
        return i;
      }
    }
    return -1;
  }

  /** The lattice with the vector Σ u a/n more. */
  static Mat3 divided(Mat3 a, int[] u, int n) {
    Mat3 axes = a.inverse();
    Vec3 sum = axes.row(0).times(u[0]).plus(axes.row(1).times(u[1])).plus(axes.row(2).times(u[2]));
    return reduced(axes, unit(u, n), sum.times(1.0 / n));
  }

  private static Mat3 reduced(Mat3 axes, int at, Vec3 by) {
    Vec3[] rows = {axes.row(0), axes.row(1), axes.row(2)};
    rows[at] = by;
    return NiggliCell.reducedAxes(Mat3.ofRows(rows[0], rows[1], rows[2])).inverse();
  }

  /** The doubled cell that explains most, or null if none explains enough. */
  public static Finding doubled(LatticeModel m) {
    Finding best = null;
    double most = GAIN;
    double least = Math.max(PART, OF_REST * (1 - m.fraction()));
    for (int n = 1; n < 8; n++) {
      int[] u = {n & 1, n >> 1 & 1, n >> 2 & 1};
      double[] gain = gain(m, u);
      if (gain[0] > most && gain[1] >= least) {
        most = gain[0];
        best =
            new Finding(
                twice(m.a(), u),
                String.format(
                    Locale.ROOT,
                    "%.0f %% of the spots lie at indices + (%d %d %d)/2: the cell is doubled",
                    100 * gain[1],
                    u[0],
                    u[1],
                    u[2]));
      }
    }
    return best;
  }

  private static Mat3 twice(Mat3 a, int[] u) {
    Mat3 axes = a.inverse();
    int j = unit(u, 2);
    Vec3[] rows = new Vec3[3];
    for (int i = 0; i < 3; i++) {
      rows[i] = i == j ? axes.row(j).times(2) : axes.row(i).minus(axes.row(j).times(u[i]));
    }
    return NiggliCell.reducedAxes(Mat3.ofRows(rows[0], rows[1], rows[2])).inverse();
  }

  /** What points at h + u/2 add to the logarithm of the likelihood, and their part. */
  private static double[] gain(LatticeModel m, int[] u) {
    Points p = m.points();
    double[] rest = m.assigned().rest();
    double[] half = new double[rest.length];
    for (int i = 0; i < rest.length; i++) {
      double d = rest[i] - u[i % 3] / 2.0;
      half[i] = d - Math.rint(d);
    }
    double[] on = LatticeScore.residuals(p, m.a(), rest);
    double[] between = LatticeScore.residuals(p, m.a(), half);
    double volume = m.volume();
    double part = 0.1;
    double sum = 0;
    for (int round = 0; round < 12; round++) {
      sum = 0;
      double w = 0;
      double all = 0;
      for (int i = 0; i < p.size(); i++) {
        if (p.density[i] > 0) {
          double x = odds(m.score(), p, on, i, volume);
          double y = odds(m.score(), p, between, i, volume);
          double outliers = m.score().outliers();
          double mixed = (1 - part) * x + part * y + outliers;
          sum += Math.log(mixed / (x + outliers));
          w += part * y / mixed;
          all += ((1 - part) * x + part * y) / mixed;
        }
      }
      part = all > 0 ? w / all : 0;
    }
    return new double[] {sum, part};
  }

  private static double odds(LatticeScore s, Points p, double[] x, int i, double volume) {
    double b = s.belongs(p, x, i, volume);
    return b >= 1 ? 1e300 : s.outliers() * b / (1 - b);
  }
}
