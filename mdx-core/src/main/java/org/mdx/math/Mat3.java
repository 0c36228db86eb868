package org.mdx.math;

/**
 * A 3 × 3 matrix; {@code mRC} is row R, column C.
 *
 * @param m00 row 0, column 0
 * @param m01 row 0, column 1
 * @param m02 row 0, column 2
 * @param m10 row 1, column 0
 * @param m11 row 1, column 1
 * @param m12 row 1, column 2
 * @param m20 row 2, column 0
 * @param m21 row 2, column 1
 * @param m22 row 2, column 2
 */
public record Mat3(
    double m00,
    double m01,
    double m02,
    double m10,
    double m11,
    double m12,
    double m20,
    double m21,
    double m22) {

  /** The unit matrix. */
  public static final Mat3 IDENTITY = diagonal(1, 1, 1);

  /**
   * A matrix from its elements in row-major order.
   *
   * @param e nine elements
   * @return the matrix
   * @throws IllegalArgumentException if there are not nine elements
   */
  public static Mat3 ofRowMajor(double... e) {
    if (e.length != 9) {
      throw new IllegalArgumentException("a 3 x 3 matrix has 9 elements, not " + e.length);
    }
    return new Mat3(e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
  }

  /**
   * A matrix from its rows.
   *
   * @param r0 row 0
   * @param r1 row 1
   * @param r2 row 2
   * @return the matrix
   */
  public static Mat3 ofRows(Vec3 r0, Vec3 r1, Vec3 r2) {
    return new Mat3(r0.x(), r0.y(), r0.z(), r1.x(), r1.y(), r1.z(), r2.x(), r2.y(), r2.z());
  }

  /**
   * A diagonal matrix.
   *
   * @param a row 0
   * @param b row 1
   * @param c row 2
   * @return the matrix
   */
  public static Mat3 diagonal(double a, double b, double c) {
    return new Mat3(a, 0, 0, 0, b, 0, 0, 0, c);
  }

  /**
   * Rotation about an axis, right-handed: Rodrigues' formula R = cosφ·1 + sinφ·[n]ₓ + (1 −
   * cosφ)·n·nᵀ.
   *
   * @param axis direction of the axis, of any length above zero
   * @param degrees angle in degrees
   * @return the rotation matrix
   * @throws IllegalArgumentException if the axis has no direction
   */
  public static Mat3 rotation(Vec3 axis, double degrees) {
    Vec3 n = axis.unit();
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    double t = 1 - c;
    double x = n.x();
    double y = n.y();
    double z = n.z();
    return new Mat3(
        c + t * x * x,
        t * x * y - s * z,
        t * x * z + s * y,
        t * x * y + s * z,
        c + t * y * y,
        t * y * z - s * x,
        t * x * z - s * y,
        t * y * z + s * x,
        c + t * z * z);
  }

  /**
   * Product with a column vector.
   *
   * @param v the vector
   * @return this · v
   */
  public Vec3 times(Vec3 v) {
    return new Vec3(
        m00 * v.x() + m01 * v.y() + m02 * v.z(),
        m10 * v.x() + m11 * v.y() + m12 * v.z(),
        m20 * v.x() + m21 * v.y() + m22 * v.z());
  }

  /**
   * Matrix product.
   *
   * @param o the right factor
   * @return this · o
   */
  public Mat3 times(Mat3 o) {
    return new Mat3(
        m00 * o.m00 + m01 * o.m10 + m02 * o.m20,
        m00 * o.m01 + m01 * o.m11 + m02 * o.m21,
        m00 * o.m02 + m01 * o.m12 + m02 * o.m22,
        m10 * o.m00 + m11 * o.m10 + m12 * o.m20,
        m10 * o.m01 + m11 * o.m11 + m12 * o.m21,
        m10 * o.m02 + m11 * o.m12 + m12 * o.m22,
        m20 * o.m00 + m21 * o.m10 + m22 * o.m20,
        m20 * o.m01 + m21 * o.m11 + m22 * o.m21,
        m20 * o.m02 + m21 * o.m12 + m22 * o.m22);
  }

  /**
   * Product with a number.
   *
   * @param f the factor
   * @return f · this
   */
  public Mat3 times(double f) {
    return new Mat3(
        f * m00, f * m01, f * m02, f * m10, f * m11, f * m12, f * m20, f * m21, f * m22);
  }

  /**
   * Sum of two matrices.
   *
   * @param o the other matrix
   * @return this + o
   */
  public Mat3 plus(Mat3 o) {
    return new Mat3(
        m00 + o.m00,
        m01 + o.m01,
        m02 + o.m02,
        m10 + o.m10,
        m11 + o.m11,
        m12 + o.m12,
        m20 + o.m20,
        m21 + o.m21,
        m22 + o.m22);
  }

  /**
   * Exchange of rows and columns.
   *
   * @return the transposed matrix
   */
  public Mat3 transpose() {
    return new Mat3(m00, m10, m20, m01, m11, m21, m02, m12, m22);
  }

  /**
   * Determinant.
   *
   * @return det(this)
   */
  public double determinant() {
    return m00 * (m11 * m22 - m12 * m21)
        - m01 * (m10 * m22 - m12 * m20)
        + m02 * (m10 * m21 - m11 * m20);
  }

  /**
   * Inverse by the adjugate.
   *
   * @return the inverse matrix
   * @throws IllegalArgumentException if the determinant is zero or not finite
   */
  public Mat3 inverse() {
    double d = determinant();
    if (d == 0 || !Double.isFinite(d)) {
      throw new IllegalArgumentException("matrix has no inverse: determinant " + d + " of " + this);
    }
    return new Mat3(
            m11 * m22 - m12 * m21,
            m02 * m21 - m01 * m22,
            m01 * m12 - m02 * m11,
            m12 * m20 - m10 * m22,
            m00 * m22 - m02 * m20,
            m02 * m10 - m00 * m12,
            m10 * m21 - m11 * m20,
            m01 * m20 - m00 * m21,
            m00 * m11 - m01 * m10)
        .times(1 / d);
  }

  /**
   * One row.
   *
   * @param i row, 0 to 2
   * @return the row as a vector
   * @throws IllegalArgumentException if there is no such row
   */
  public Vec3 row(int i) {
    return switch (i) {
      case 0 -> new Vec3(m00, m01, m02);
      case 1 -> new Vec3(m10, m11, m12);
      case 2 -> new Vec3(m20, m21, m22);
      default -> throw new IllegalArgumentException("row " + i + " of a 3 x 3 matrix");
    };
  }

  /**
   * The elements, row by row.
   *
   * @return a new array of nine
   */
  public double[] toRowMajor() {
    return new double[] {m00, m01, m02, m10, m11, m12, m20, m21, m22};
  }

  @Override
  public String toString() {
    return "[" + row(0) + ", " + row(1) + ", " + row(2) + "]";
  }
}
