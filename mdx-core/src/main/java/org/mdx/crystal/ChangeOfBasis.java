package org.mdx.crystal;

import java.util.Arrays;

/**
 * A change of axes and origin, exact: coordinates transform as x' = P·x + p with rational elements.
 * Symmetry operations transform as W' = P·W·P⁻¹, Miller indices (rows) as h' = h·P⁻¹, the basis
 * vectors (a, b, c) as (a', b', c') = (a, b, c)·P⁻¹. Immutable.
 */
public final class ChangeOfBasis {
  /** No change. */
  public static final ChangeOfBasis IDENTITY =
      new ChangeOfBasis(new long[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}, 1);

  private final long[] n;
  private final long den;

  /** Takes 3 × 4 numerators, row by row, over one denominator; reduces the fraction. */
  ChangeOfBasis(long[] numerators, long denominator) {
    long g = Math.abs(denominator);
    for (long v : numerators) {
      g = Triplet.gcd(g, v);
    }
    long sign = denominator < 0 ? -g : g;
    n = new long[12];
    for (int i = 0; i < 12; i++) {
      n[i] = numerators[i] / sign;
    }
    den = denominator / sign;
  }

  /**
   * Reads a change of basis.
   *
   * @param text the new coordinates in terms of the old ones, {@code x+y,-x+y,z}, or the new basis
   *     vectors in terms of the old ones, {@code a-b,a+b,c-1/4}, the numbers being the coordinates
   *     of the new origin
   * @return the change
   * @throws IllegalArgumentException if it cannot be read or has no inverse
   */
  public static ChangeOfBasis of(String text) {
    return of("triplet", text, 0, text.length());
  }

  /** The same for a part of a text, which a message calls {@code kind} and shows in full. */
  static ChangeOfBasis of(String kind, String text, int from, int to) {
    boolean basis = text.substring(from, to).matches("(?s).*[abcABC].*");
    Triplet.Value v = Triplet.parse(kind, text, from, to, basis ? "abc" : "xyz");
    ChangeOfBasis c = new ChangeOfBasis(v.numerators(), v.denominator());
    if (c.determinantNumerator() == 0) {
      throw new IllegalArgumentException(
          kind + " \"" + text + "\": the change of basis has no inverse, its determinant is 0");
    }
    return basis ? c.transposed().inverse() : c;
  }

  /** The change whose new axes are the columns of a matrix, given by rows over a denominator. */
  static ChangeOfBasis toAxes(long[] columns, long denominator) {
    long[] m = new long[12];
    for (int i = 0; i < 9; i++) {
      m[i / 3 * 4 + i % 3] = columns[i];
    }
    return new ChangeOfBasis(m, denominator).inverse();
  }

  /** The change whose Miller indices are given by a triplet such as {@code h-l,k,l}. */
  static ChangeOfBasis ofHkl(String text) {
    Triplet.Value v = Triplet.parse(text, "hkl");
    return new ChangeOfBasis(v.numerators(), v.denominator()).transposed().inverse();
  }

  /** The same translation with rows and columns of P exchanged. */
  private ChangeOfBasis transposed() {
    long[] t = n.clone();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        t[4 * i + j] = n[4 * j + i];
      }
    }
    return new ChangeOfBasis(t, den);
  }

  private long determinantNumerator() {
    return Math.addExact(
        Math.subtractExact(
            Math.multiplyExact(n[0], minor(5, 6, 9, 10)),
            Math.multiplyExact(n[1], minor(4, 6, 8, 10))),
        Math.multiplyExact(n[2], minor(4, 5, 8, 9)));
  }

  private long minor(int a, int b, int c, int d) {
    return Math.subtractExact(Math.multiplyExact(n[a], n[d]), Math.multiplyExact(n[b], n[c]));
  }

  /**
   * Sign of the determinant.
   *
   * @return 1 if handedness is kept, −1 if it changes
   */
  public int handedness() {
    return Long.signum(determinantNumerator());
  }

  /**
   * Whether the new cell is as large as the old one and the origin stays.
   *
   * @return true if the determinant is ±1 and there is no translation
   */
  public boolean keepsVolumeAndOrigin() {
    long cube = Math.multiplyExact(Math.multiplyExact(den, den), den);
    return Math.abs(determinantNumerator()) == cube && n[3] == 0 && n[7] == 0 && n[11] == 0;
  }

  /**
   * Two changes one after the other.
   *
   * @param first the change made before this one
   * @return x' = this(first(x))
   */
  public ChangeOfBasis times(ChangeOfBasis first) {
    long[] m = new long[12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        long sum = j == 3 ? Math.multiplyExact(n[4 * i + 3], first.den) : 0;
        for (int k = 0; k < 3; k++) {
          sum = Math.addExact(sum, Math.multiplyExact(n[4 * i + k], first.n[4 * k + j]));
        }
        m[4 * i + j] = sum;
      }
    }
    return new ChangeOfBasis(m, Math.multiplyExact(den, first.den));
  }

  /**
   * The way back.
   *
   * @return the inverse change
   */
  public ChangeOfBasis inverse() {
    long[] m = {
      minor(5, 6, 9, 10), -minor(1, 2, 9, 10), minor(1, 2, 5, 6), 0,
      -minor(4, 6, 8, 10), minor(0, 2, 8, 10), -minor(0, 2, 4, 6), 0,
      minor(4, 5, 8, 9), -minor(0, 1, 8, 9), minor(0, 1, 4, 5), 0
    };
    long det = determinantNumerator();
    // (n/den)⁻¹ = den·adj(n)/det; reduce before the translation −P⁻¹·p is formed
    ChangeOfBasis r = new ChangeOfBasis(scaled(m, den), det);
    long[] t = r.n.clone();
    for (int i = 0; i < 12; i++) {
      t[i] = Math.multiplyExact(t[i], den);
    }
    for (int i = 0; i < 3; i++) {
      long sum = 0;
      for (int k = 0; k < 3; k++) {
        sum = Math.addExact(sum, Math.multiplyExact(r.n[4 * i + k], n[4 * k + 3]));
      }
      t[4 * i + 3] = -sum;
    }
    return new ChangeOfBasis(t, Math.multiplyExact(r.den, den));
  }

  private static long[] scaled(long[] m, long f) {
    long[] s = new long[m.length];
    for (int i = 0; i < m.length; i++) {
      s[i] = Math.multiplyExact(m[i], f);
    }
    return s;
  }

  /**
   * A symmetry operation in the new basis: P·W·P⁻¹.
   *
   * @param operator the operation in the old basis
   * @return the operation in the new one, its translation not reduced to one cell
   * @throws IllegalArgumentException if its rotation part is not integral there
   */
  public SymmetryOperator apply(SymmetryOperator operator) {
    return apply(operator, inverse());
  }

  /** P·W·P⁻¹ for a caller who has the inverse at hand. */
  SymmetryOperator apply(SymmetryOperator operator, ChangeOfBasis inverse) {
    return times(operator.asChange()).times(inverse).asOperator();
  }

  /** This map as a symmetry operation. */
  SymmetryOperator asOperator() {
    int[] r = new int[9];
    long[] t = new long[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        if (n[4 * i + j] % den != 0) {
          throw new IllegalArgumentException(
              "\"" + this + "\" is no symmetry operation: its rotation is not integral");
        }
        r[3 * i + j] = Math.toIntExact(n[4 * i + j] / den);
      }
      t[i] = n[4 * i + 3];
    }
    return SymmetryOperator.of(r, t, den);
  }

  /** The image of a lattice vector, as a pure translation in the new basis. */
  SymmetryOperator applyToVector(long[] numerators, long denominator) {
    long[] t = new long[3];
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        t[i] = Math.addExact(t[i], Math.multiplyExact(n[4 * i + k], numerators[k]));
      }
    }
    return SymmetryOperator.of(
        SymmetryOperator.UNIT.clone(), t, Math.multiplyExact(den, denominator));
  }

  /**
   * One element.
   *
   * @param row 0 to 2
   * @param column 0 to 2 for P, 3 for p
   * @return its value
   */
  public double element(int row, int column) {
    return (double)
            n[4 * java.util.Objects.checkIndex(row, 3) + java.util.Objects.checkIndex(column, 4)]
        / den;
  }

  /** Element over {@link #denominator}. */
  long numerator(int row, int column) {
    return n[4 * row + column];
  }

  /** Denominator of all elements. */
  long denominator() {
    return den;
  }

  /**
   * What the change does to subdivided Miller indices: (H', K', L') = (H, K, L)·M/d, a row times a
   * matrix, where H stands for H/ndivH and so on, before and after.
   *
   * @param ndivH parts of an index h, 1 to 1000
   * @param ndivK parts of an index k, 1 to 1000
   * @param ndivL parts of an index l, 1 to 1000
   * @return a new array: nine elements of M row by row, then d, 1 or more and as small as possible
   * @throws ArithmeticException if a number does not fit an int
   */
  public int[] indexMatrix(int ndivH, int ndivK, int ndivL) {
    int[] ndiv = {ndivH, ndivK, ndivL};
    ChangeOfBasis inverse = inverse();
    long[] m = new long[10];
    long lcm = Math.multiplyExact((long) ndivH * ndivK, ndivL);
    m[9] = Math.multiplyExact(lcm, inverse.den);
    long g = m[9];
    for (int i = 0; i < 9; i++) {
      // N⁻¹·P⁻¹·N
      m[i] = Math.multiplyExact(inverse.n[i / 3 * 4 + i % 3] * ndiv[i % 3], lcm / ndiv[i / 3]);
      g = Triplet.gcd(g, m[i]);
    }
    int[] out = new int[10];
    for (int i = 0; i < 10; i++) {
      out[i] = Math.toIntExact(m[i] / g);
    }
    return out;
  }

  /** This change followed by a shift of the coordinates by t/d. */
  ChangeOfBasis shifted(long[] t, long d) {
    long[] m = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
    for (int i = 0; i < 12; i++) {
      m[i] = i % 4 == 3 ? t[i / 4] : m[i] * d;
    }
    return new ChangeOfBasis(m, d).times(this);
  }

  /**
   * The new Miller indices in terms of the old ones.
   *
   * @return such as {@code h-l,k,l}
   */
  public String hkl() {
    ChangeOfBasis inverse = inverse();
    long[] t = inverse.transposed().n.clone();
    t[3] = 0;
    t[7] = 0;
    t[11] = 0;
    return Triplet.format(t, inverse.den, "hkl");
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ChangeOfBasis c && den == c.den && Arrays.equals(n, c.n);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(n) + Long.hashCode(den);
  }

  /** The new coordinates in terms of the old ones, such as {@code x+y,-x+y,z+1/4}. */
  @Override
  public String toString() {
    return Triplet.format(n, den, "xyz");
  }
}
