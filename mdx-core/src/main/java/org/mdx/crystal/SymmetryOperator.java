package org.mdx.crystal;

import java.util.Arrays;
import java.util.Objects;

/**
 * A symmetry operation x' = W·x + w: an integral rotation part with determinant ±1 and a rational
 * translation part, both in the crystal's basis. Miller indices transform as rows, h' = h·W.
 * Immutable.
 */
public final class SymmetryOperator {
  static final int[] UNIT = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  private final int[] r;
  private final int[] t;
  private final int den;

  private SymmetryOperator(int[] r, int[] t, int den) {
    this.r = r;
    this.t = t;
    this.den = den;
  }

  /** From a rotation row by row (kept, not copied) and a translation over a denominator. */
  static SymmetryOperator of(int[] r, long[] t, long den) {
    long g = den;
    for (long v : t) {
      g = Triplet.gcd(g, v);
    }
    int[] reduced = new int[3];
    for (int i = 0; i < 3; i++) {
      reduced[i] = Math.toIntExact(t[i] / g);
    }
    return new SymmetryOperator(r, reduced, Math.toIntExact(den / g));
  }

  /** A rotation without translation. */
  static SymmetryOperator ofRotation(int[] r) {
    return new SymmetryOperator(r, new int[3], 1);
  }

  /**
   * Reads an operation.
   *
   * @param xyz coordinates of the image, such as {@code -y,x-y,z+1/3}
   * @return the operation
   * @throws IllegalArgumentException if it cannot be read, or its rotation part is not integral
   *     with determinant ±1
   */
  public static SymmetryOperator of(String xyz) {
    Triplet.Value v = Triplet.parse(xyz, "xyz");
    SymmetryOperator op = new ChangeOfBasis(v.numerators(), v.denominator()).asOperator();
    if (Math.abs(op.determinant()) != 1) {
      throw new IllegalArgumentException(
          "\"" + xyz + "\" is no symmetry operation: its determinant is " + op.determinant());
    }
    return op;
  }

  /** This operation as a change of basis x' = W·x + w. */
  ChangeOfBasis asChange() {
    long[] m = new long[12];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        m[4 * i + j] = (long) r[3 * i + j] * den;
      }
      m[4 * i + 3] = t[i];
    }
    return new ChangeOfBasis(m, den);
  }

  /**
   * One element of the rotation part.
   *
   * @param row 0 to 2
   * @param column 0 to 2
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public int rotation(int row, int column) {
    return r[3 * Objects.checkIndex(row, 3) + Objects.checkIndex(column, 3)];
  }

  /** The rotation part row by row, not to be changed. */
  int[] rotation() {
    return r;
  }

  /**
   * One component of the translation part.
   *
   * @param i 0 to 2
   * @return the component in units of the axis
   * @throws IndexOutOfBoundsException if there is no such component
   */
  public double translation(int i) {
    return (double) t[i] / den;
  }

  /** Numerators of the translation, not to be changed. */
  int[] numerators() {
    return t;
  }

  /** Denominator of the translation. */
  int denominator() {
    return den;
  }

  /**
   * Determinant of the rotation part.
   *
   * @return 1 for a rotation, −1 for an improper one
   */
  public int determinant() {
    return IntMatrix.determinant(r);
  }

  /**
   * Two operations one after the other.
   *
   * @param first the operation made before this one
   * @return x' = this(first(x)), its translation not reduced to one cell
   */
  public SymmetryOperator times(SymmetryOperator first) {
    long[] sum = new long[3];
    for (int i = 0; i < 3; i++) {
      sum[i] = (long) t[i] * first.den;
      for (int k = 0; k < 3; k++) {
        sum[i] += (long) r[3 * i + k] * first.t[k] * den;
      }
    }
    return of(IntMatrix.product(r, first.r), sum, Math.multiplyExact((long) den, first.den));
  }

  /**
   * The way back.
   *
   * @return the inverse operation, its translation not reduced to one cell
   */
  public SymmetryOperator inverse() {
    return asChange().inverse().asOperator();
  }

  /**
   * The same operation with its translation in one cell.
   *
   * @return an operation with 0 ≤ w &lt; 1
   */
  public SymmetryOperator reduced() {
    return new SymmetryOperator(
        r,
        new int[] {Math.floorMod(t[0], den), Math.floorMod(t[1], den), Math.floorMod(t[2], den)},
        den);
  }

  /**
   * Whether the rotation part is the unit matrix.
   *
   * @return true for a lattice translation
   */
  public boolean isTranslation() {
    return Arrays.equals(r, UNIT);
  }

  /** Whether h·W = h. */
  boolean keeps(int h, int k, int l) {
    return h * r[0] + k * r[3] + l * r[6] == h
        && h * r[1] + k * r[4] + l * r[7] == k
        && h * r[2] + k * r[5] + l * r[8] == l;
  }

  /** Whether h·w is an integer, so that the translation leaves the phase of h unchanged. */
  boolean inPhase(int h, int k, int l) {
    return ((long) h * t[0] + (long) k * t[1] + (long) l * t[2]) % den == 0;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SymmetryOperator s
        && den == s.den
        && Arrays.equals(r, s.r)
        && Arrays.equals(t, s.t);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(r) + Arrays.hashCode(t)) + den;
  }

  /** Coordinates of the image, such as {@code -y,x-y,z+1/3}. */
  @Override
  public String toString() {
    long[] m = new long[12];
    for (int i = 0; i < 12; i++) {
      m[i] = i % 4 == 3 ? t[i / 4] : (long) r[i / 4 * 3 + i % 4] * den;
    }
    return Triplet.format(m, den, "xyz");
  }
}
