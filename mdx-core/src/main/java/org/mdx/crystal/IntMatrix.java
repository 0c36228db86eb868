package org.mdx.crystal;

/** Arithmetic on 3 × 3 integer matrices, stored row by row in arrays of nine. */
final class IntMatrix {
  private IntMatrix() {}

  /** Product a·b. */
  static int[] product(int[] a, int[] b) {
    int[] p = new int[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        p[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
      }
    }
    return p;
  }

  /** Product a·v with a column vector. */
  static int[] times(int[] a, int[] v) {
    return new int[] {
      a[0] * v[0] + a[1] * v[1] + a[2] * v[2],
      a[3] * v[0] + a[4] * v[1] + a[5] * v[2],
      a[6] * v[0] + a[7] * v[1] + a[8] * v[2]
    };
  }

  /** Determinant. */
  static int determinant(int[] m) {
    return m[0] * (m[4] * m[8] - m[5] * m[7])
        - m[1] * (m[3] * m[8] - m[5] * m[6])
        + m[2] * (m[3] * m[7] - m[4] * m[6]);
  }

  /** The matrix with all signs changed. */
  static int[] negative(int[] m) {
    int[] n = new int[9];
    for (int i = 0; i < 9; i++) {
      n[i] = -m[i];
    }
    return n;
  }

  /**
   * The order and character of a crystallographic rotation matrix: 1, 2, 3, 4 or 6, negative if it
   * is improper (−1 inversion, −2 mirror); from trace and determinant, International Tables A,
   * table 11.2.1.1. Zero if it is none of these.
   */
  static int type(int[] m) {
    int det = determinant(m);
    int trace = det * (m[0] + m[4] + m[8]);
    int order =
        switch (trace) {
          case 3 -> 1;
          case 2 -> 6;
          case 1 -> 4;
          case 0 -> 3;
          case -1 -> 2;
          default -> 0;
        };
    if (det * det != 1 || order == 0) {
      return 0;
    }
    int[] proper = det < 0 ? negative(m) : m;
    int[] power = proper;
    for (int i = 1; i < order; i++) {
      power = product(power, proper);
    }
    return java.util.Arrays.equals(power, SymmetryOperator.UNIT) ? det * order : 0;
  }

  /**
   * The axis of a rotation of order 2 or more: the shortest integral vector with W·v = ±v, its last
   * component that is not zero being positive. (0, 0, 0) for order 1.
   */
  static int[] axis(int[] m) {
    int[] w = determinant(m) < 0 ? negative(m) : m;
    // the sum of all powers of W projects on its axis
    int[] sum = SymmetryOperator.UNIT.clone();
    int order = Math.abs(type(m));
    if (order < 2) {
      return new int[3];
    }
    int[] power = SymmetryOperator.UNIT;
    for (int i = 1; i < order; i++) {
      power = product(power, w);
      for (int j = 0; j < 9; j++) {
        sum[j] += power[j];
      }
    }
    for (int col = 0; col < 3; col++) {
      int[] v = {sum[col], sum[3 + col], sum[6 + col]};
      if (v[0] != 0 || v[1] != 0 || v[2] != 0) {
        return primitive(v);
      }
    }
    return new int[3];
  }

  /** The shortest integral vector along v, its last component that is not zero positive. */
  static int[] primitive(int[] v) {
    long g = Triplet.gcd(Triplet.gcd(v[0], v[1]), v[2]);
    int last = v[2] != 0 ? v[2] : v[1] != 0 ? v[1] : v[0];
    int d = (int) (last < 0 ? -g : g);
    return new int[] {v[0] / d, v[1] / d, v[2] / d};
  }

  /** Determinant of three column vectors. */
  static int determinant(int[] a, int[] b, int[] c) {
    return a[0] * (b[1] * c[2] - b[2] * c[1])
        - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0]);
  }

  /** Sense of a rotation about its {@link #axis}: 1, −1, or 0 for orders 1 and 2. */
  static int sense(int[] m) {
    if (Math.abs(type(m)) < 3) {
      return 0;
    }
    int[] w = determinant(m) < 0 ? negative(m) : m;
    int[] axis = axis(m);
    for (int i = 0; i < 3; i++) {
      int[] v = new int[3];
      v[i] = 1;
      int d = determinant(v, times(w, v), axis);
      if (d != 0) {
        return Integer.signum(d);
      }
    }
    return 0;
  }
}
