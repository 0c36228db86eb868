package org.mdx.crystal;

import java.util.Locale;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The reduced cell of a lattice: the one whose three edges are the shortest, with angles all acute
 * or all obtuse (I. Křivý &amp; B. Gruber, Acta Cryst. A32, 297, 1976). Comparisons allow for
 * rounding as R. W. Grosse-Kunstleve, N. K. Sauter &amp; P. D. Adams have it (Acta Cryst. A60, 1,
 * 2004), so that a measured cell which lies on the border of two cases does not go round in
 * circles.
 *
 * @param cell the reduced cell
 * @param change from the axes given to the reduced ones
 */
public record NiggliCell(UnitCell cell, ChangeOfBasis change) {
  /** Of the cube root of the volume, to the power of two as the elements are squares of lengths. */
  private static final double TOLERANCE = 1e-5;

  private static final int MOST_STEPS = 1000;

  /** A reduction takes a dozen steps or two; one that takes so many goes round in a circle. */
  private static final int CIRCLE = 100;

  /**
   * Reduces a cell.
   *
   * @param primitive a cell without centring
   * @return the reduced cell of its lattice
   */
  public static NiggliCell of(UnitCell primitive) {
    Mat3 rows = primitive.orthogonalization().transpose();
    int[] m = new Reduction(rows).run();
    long[] columns = new long[9];
    for (int i = 0; i < 9; i++) {
      columns[i] = m[i];
    }
    return new NiggliCell(UnitCell.ofAxes(turned(rows, m)), ChangeOfBasis.toAxes(columns, 1));
  }

  /**
   * Reduces the axes of an oriented lattice.
   *
   * @param axes a, b, c as rows, in Å, right-handed or left-handed
   * @return the reduced axes as rows, of the same handedness
   * @throws IllegalArgumentException if the axes span no volume
   */
  public static Mat3 reducedAxes(Mat3 axes) {
    double volume = axes.determinant();
    if (volume == 0 || !Double.isFinite(volume)) {
      throw new IllegalArgumentException("the axes " + axes + " span no volume");
    }
    return turned(axes, new Reduction(axes).run());
  }

  /** (a, b, c)·M for axes that are rows. */
  private static Mat3 turned(Mat3 rows, int[] m) {
    Vec3[] v = new Vec3[3];
    for (int j = 0; j < 3; j++) {
      v[j] =
          rows.row(0)
              .times(m[j])
              .plus(rows.row(1).times(m[3 + j]))
              .plus(rows.row(2).times(m[6 + j]));
    }
    return Mat3.ofRows(v[0], v[1], v[2]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "NiggliCell[%s by %s]", cell, change);
  }

  /** The six elements A = a², B = b², C = c², ξ = 2bc, η = 2ac, ζ = 2ab and the change so far. */
  private static final class Reduction {
    private final Mat3 rows;
    private double tolerance;
    private double a;
    private double b;
    private double c;
    private double xi;
    private double eta;
    private double zeta;
    private int[] change = SymmetryOperator.UNIT;

    Reduction(Mat3 rows) {
      this.rows = rows;
      double edge = Math.cbrt(Math.abs(rows.determinant()));
      this.tolerance = TOLERANCE * edge * edge;
      measure();
    }

    /** The elements from the axes, not from each other, so that no error is carried on. */
    private void measure() {
      Mat3 r = turned(rows, change);
      a = r.row(0).dot(r.row(0));
      b = r.row(1).dot(r.row(1));
      c = r.row(2).dot(r.row(2));
      xi = 2 * r.row(1).dot(r.row(2));
      eta = 2 * r.row(0).dot(r.row(2));
      zeta = 2 * r.row(0).dot(r.row(1));
    }

    int[] run() {
      for (int i = 0; i < MOST_STEPS; i++) {
        order();
        signs();
        if (!shorten()) {
          return change;
        }
        if (i % CIRCLE == CIRCLE - 1) {
          // ties lengthened an axis by more, together, than a comparison allows for
          tolerance /= 10;
        }
      }
      throw new IllegalArgumentException(
          "the cell " + UnitCell.ofAxes(rows) + " cannot be reduced in " + MOST_STEPS + " steps");
    }

    private boolean less(double x, double y) {
      return x < y - tolerance;
    }

    private boolean same(double x, double y) {
      return !less(x, y) && !less(y, x);
    }

    private void apply(int... m) {
      change = IntMatrix.product(change, m);
      measure();
    }

    /** Steps 1 and 2: a ≤ b ≤ c. */
    private void order() {
      boolean changed = true;
      while (changed) {
        changed = false;
        if (less(b, a) || same(a, b) && less(Math.abs(eta), Math.abs(xi))) {
          apply(0, -1, 0, -1, 0, 0, 0, 0, -1);
        }
        if (less(c, b) || same(b, c) && less(Math.abs(zeta), Math.abs(eta))) {
          apply(-1, 0, 0, 0, 0, -1, 0, -1, 0);
          changed = true;
        }
      }
    }

    /** Steps 3 and 4: all angles acute, or none. */
    private void signs() {
      int[] s = {sign(xi), sign(eta), sign(zeta)};
      if (s[0] * s[1] * s[2] > 0) {
        apply(s[0], 0, 0, 0, s[1], 0, 0, 0, s[2]);
        return;
      }
      int[] f = {1, 1, 1};
      int free = -1;
      for (int i = 0; i < 3; i++) {
        if (s[i] == 1) {
          f[i] = -1;
        } else if (s[i] == 0) {
          free = i;
        }
      }
      if (f[0] * f[1] * f[2] < 0) {
        f[free] = -1;
      }
      apply(f[0], 0, 0, 0, f[1], 0, 0, 0, f[2]);
    }

    private int sign(double x) {
      return less(0, x) ? 1 : less(x, 0) ? -1 : 0;
    }

    /** Steps 5 to 8: a shorter axis in a face or across the cell, if there is one. */
    private boolean shorten() {
      if (tooLong(xi, b, 2 * eta, zeta)) {
        apply(1, 0, 0, 0, 1, xi > 0 ? -1 : 1, 0, 0, 1);
      } else if (tooLong(eta, a, 2 * xi, zeta)) {
        apply(1, 0, eta > 0 ? -1 : 1, 0, 1, 0, 0, 0, 1);
      } else if (tooLong(zeta, a, 2 * xi, eta)) {
        apply(1, zeta > 0 ? -1 : 1, 0, 0, 1, 0, 0, 0, 1);
      } else {
        double sum = xi + eta + zeta + a + b;
        if (!(less(sum, 0) || same(sum, 0) && less(0, 2 * (a + eta) + zeta))) {
          return false;
        }
        apply(1, 0, 1, 0, 1, 1, 0, 0, 1);
      }
      return true;
    }

    private boolean tooLong(double product, double square, double twice, double other) {
      return less(square, Math.abs(product))
          || same(product, square) && less(twice, other)
          || same(product, -square) && less(other, 0);
    }
  }
}
