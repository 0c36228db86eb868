package org.mdx.math;

import java.util.Arrays;

/**
 * The points of one axis of a grid, rising or falling, and where a coordinate lies among them.
 * Immutable.
 *
 * <p>A coordinate is turned into a fractional point number with the arithmetic of numpy's {@code
 * interp} on {@code arange(n)}, so that interpolation agrees with mdx2 to the last bit; beyond the
 * ends it is clamped.
 */
public final class GridAxis {
  private final double[] points;
  private final double[] slopes;
  private final double sign;
  private final double perPoint;

  private GridAxis(double[] points) {
    this.points = points;
    int n = points.length;
    this.sign = n > 1 && points[n - 1] < points[0] ? -1 : 1;
    this.slopes = new double[Math.max(n - 1, 0)];
    for (int i = 0; i + 1 < n; i++) {
      slopes[i] = 1 / (points[i + 1] - points[i]);
    }
    this.perPoint = n > 1 ? (n - 1) / (points[n - 1] - points[0]) : 0;
  }

  /**
   * An axis from its points.
   *
   * @param points one or more finite values that strictly rise or strictly fall; copied
   * @return the axis
   * @throws IllegalArgumentException if there is none, or they are not monotone and finite
   */
  public static GridAxis of(double... points) {
    if (points.length == 0) {
      throw new IllegalArgumentException("a grid axis needs at least one point");
    }
    double direction = points.length > 1 ? Math.signum(points[1] - points[0]) : 1;
    for (int i = 0; i < points.length; i++) {
      if (!Double.isFinite(points[i])) {
        throw new IllegalArgumentException("point " + i + " of a grid axis is " + points[i]);
      }
      if (i > 0 && !((points[i] - points[i - 1]) * direction > 0)) {
        throw new IllegalArgumentException(
            "points "
                + (i - 1)
                + " and "
                + i
                + " of a grid axis, "
                + points[i - 1]
                + " and "
                + points[i]
                + ", do not go on in one direction");
      }
    }
    return new GridAxis(points.clone());
  }

  /**
   * Equally spaced points with the arithmetic of numpy's {@code linspace}.
   *
   * @param first first point
   * @param last last point; exact
   * @param n number of points, 1 or more; one point lies at {@code first}
   * @return the axis
   * @throws IllegalArgumentException if n is below 1 or the points coincide
   */
  public static GridAxis linear(double first, double last, int n) {
    return of(linspace(first, last, n));
  }

  /**
   * Equally spaced numbers with the arithmetic of numpy's {@code linspace}.
   *
   * @param first first number
   * @param last last number; exact
   * @param n how many, 1 or more
   * @return n numbers
   * @throws IllegalArgumentException if n is below 1
   */
  public static double[] linspace(double first, double last, int n) {
    double[] p = new double[Math.max(n, 0)];
    double step = (last - first) / (n - 1);
    for (int i = 0; i < n; i++) {
      p[i] = i == 0 ? first : i == n - 1 ? last : i * step + first;
    }
    return p;
  }

  /**
   * Number of points.
   *
   * @return 1 or more
   */
  public int size() {
    return points.length;
  }

  /**
   * One point.
   *
   * @param i 0 to size − 1
   * @return its coordinate
   */
  public double get(int i) {
    return points[i];
  }

  /**
   * All points.
   *
   * @return a new array
   */
  public double[] toArray() {
    return points.clone();
  }

  /**
   * Fractional number of the point at a coordinate.
   *
   * @param x the coordinate
   * @return 0 to size − 1, clamped; NaN for NaN
   */
  public double fraction(double x) {
    int n = points.length;
    if (x != x) {
      return x;
    }
    if (!((x - points[0]) * sign > 0)) {
      return 0;
    }
    if (!((x - points[n - 1]) * sign < 0)) {
      return n - 1;
    }
    int j = Math.min(n - 2, (int) ((x - points[0]) * perPoint));
    while ((x - points[j]) * sign < 0) {
      j--;
    }
    while ((x - points[j + 1]) * sign >= 0) {
      j++;
    }
    return slopes[j] * (x - points[j]) + j;
  }

  /**
   * The point from which to interpolate at a fractional point number: the one at or below it, but
   * not the last unless it is the only one.
   *
   * @param fraction from {@link #fraction}; NaN counts as 0
   * @return 0 to max(0, size − 2)
   */
  public int base(double fraction) {
    return Math.max(0, Math.min((int) fraction, points.length - 2));
  }

  /**
   * The point up to which to interpolate.
   *
   * @param base from {@link #base}
   * @return base + 1, or 0 when there is one point only
   */
  public int next(int base) {
    return Math.min(base + 1, points.length - 1);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof GridAxis a && Arrays.equals(points, a.points);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(points);
  }

  @Override
  public String toString() {
    return points.length + " points " + points[0] + " to " + points[points.length - 1];
  }
}
