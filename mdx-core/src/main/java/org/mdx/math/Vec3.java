package org.mdx.math;

/**
 * A vector of three components; the unit is that of the context.
 *
 * @param x first component
 * @param y second component
 * @param z third component
 */
public record Vec3(double x, double y, double z) {

  /** The null vector. */
  public static final Vec3 ZERO = new Vec3(0, 0, 0);

  /**
   * Sum of two vectors.
   *
   * @param o the other vector
   * @return this + o
   */
  public Vec3 plus(Vec3 o) {
    return new Vec3(x + o.x, y + o.y, z + o.z);
  }

  /**
   * Difference of two vectors.
   *
   * @param o the other vector
   * @return this − o
   */
  public Vec3 minus(Vec3 o) {
    return new Vec3(x - o.x, y - o.y, z - o.z);
  }

  /**
   * Product with a number.
   *
   * @param f the factor
   * @return f · this
   */
  public Vec3 times(double f) {
    return new Vec3(f * x, f * y, f * z);
  }

  /**
   * Scalar product.
   *
   * @param o the other vector
   * @return this · o
   */
  public double dot(Vec3 o) {
    return x * o.x + y * o.y + z * o.z;
  }

  /**
   * Vector product.
   *
   * @param o the other vector
   * @return this × o
   */
  public Vec3 cross(Vec3 o) {
    return new Vec3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
  }

  /**
   * Euclidean length.
   *
   * @return |this|
   */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /**
   * The vector of length one along this one.
   *
   * @return this / |this|
   * @throws IllegalArgumentException if the length is zero or not finite
   */
  public Vec3 unit() {
    double n = norm();
    if (!(n > 0) || Double.isInfinite(n)) {
      throw new IllegalArgumentException("a direction needs a finite length above 0, not " + this);
    }
    return times(1 / n);
  }

  @Override
  public String toString() {
    return "(" + x + ", " + y + ", " + z + ")";
  }
}
