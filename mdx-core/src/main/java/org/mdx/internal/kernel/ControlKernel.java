package org.mdx.internal.kernel;

/**
 * Linear interpolation on regular grids of control points, for many observations at once.
 *
 * <p>An axis is given by three numbers: its first point, points per unit, and the number of points.
 * Coordinates beyond the ends are clamped. Values are in C order.
 */
public final class ControlKernel {
  private ControlKernel() {}

  /** Fractional point of a coordinate, clamped to the axis. */
  static double fraction(double x, double x0, double perUnit, int n) {
    return Math.max(0, Math.min((x - x0) * perUnit, n - 1));
  }

  /** The point below a fractional point, but not the last of several. */
  static int base(double fraction, int n) {
    return Math.max(0, Math.min((int) fraction, n - 2));
  }

  /**
   * Interpolates on one axis.
   *
   * @param x coordinates
   * @param from first observation
   * @param to one behind the last observation
   * @param axis first point, points per unit, number of points
   * @param u values at the points
   * @param out value of observation i at {@code i − from}; filled
   */
  public static void line(float[] x, int from, int to, double[] axis, double[] u, double[] out) {
    double x0 = axis[0];
    double dx = axis[1];
    int nx = (int) axis[2];
    int stepX = nx > 1 ? 1 : 0;
    for (int i = from; i < to; i++) {
      double fx = fraction(x[i], x0, dx, nx);
      int bx = base(fx, nx);
      double t = fx - bx;
      out[i - from] = u[bx] * (1 - t) + u[bx + stepX] * t;
    }
  }

  /**
   * Interpolates on two axes.
   *
   * @param panel panel of each observation, or null where there is one
   * @param x coordinates on the first axis
   * @param y coordinates on the second axis
   * @param from first observation
   * @param to one behind the last observation
   * @param axis first point, points per unit and number of points of the first, then the second
   * @param u values at the points, panel after panel
   * @param out value of observation i at {@code i − from}; filled
   */
  public static void plane(
      char[] panel,
      float[] x,
      float[] y,
      int from,
      int to,
      double[] axis,
      double[] u,
      double[] out) {
    double x0 = axis[0];
    double dx = axis[1];
    int nx = (int) axis[2];
    double y0 = axis[3];
    double dy = axis[4];
    int ny = (int) axis[5];
    int stepX = nx > 1 ? ny : 0;
    int stepY = ny > 1 ? 1 : 0;
    for (int i = from; i < to; i++) {
      double fx = fraction(x[i], x0, dx, nx);
      double fy = fraction(y[i], y0, dy, ny);
      int bx = base(fx, nx);
      int by = base(fy, ny);
      double tx = fx - bx;
      double ty = fy - by;
      int p = (panel == null ? 0 : panel[i] * nx * ny) + bx * ny + by;
      out[i - from] =
          (u[p] * (1 - ty) + u[p + stepY] * ty) * (1 - tx)
              + (u[p + stepX] * (1 - ty) + u[p + stepX + stepY] * ty) * tx;
    }
  }

  /**
   * Interpolates on three axes.
   *
   * @param panel panel of each observation, or null where there is one
   * @param x coordinates on the first axis
   * @param y coordinates on the second axis
   * @param z coordinates on the third axis
   * @param from first observation
   * @param to one behind the last observation
   * @param axis first point, points per unit and number of points of each axis in turn
   * @param u values at the points, panel after panel
   * @param out value of observation i at {@code i − from}; filled
   */
  public static void space(
      char[] panel,
      float[] x,
      float[] y,
      float[] z,
      int from,
      int to,
      double[] axis,
      double[] u,
      double[] out) {
    int nx = (int) axis[2];
    int ny = (int) axis[5];
    int nz = (int) axis[8];
    int stepX = nx > 1 ? ny * nz : 0;
    int stepY = ny > 1 ? nz : 0;
    int stepZ = nz > 1 ? 1 : 0;
    for (int i = from; i < to; i++) {
      double fx = fraction(x[i], axis[0], axis[1], nx);
      double fy = fraction(y[i], axis[3], axis[4], ny);
      double fz = fraction(z[i], axis[6], axis[7], nz);
      int bx = base(fx, nx);
      int by = base(fy, ny);
      int bz = base(fz, nz);
      double tx = fx - bx;
      double ty = fy - by;
      double tz = fz - bz;
      int p = (panel == null ? 0 : panel[i] * nx * ny * nz) + (bx * ny + by) * nz + bz;
      int q = p + stepX;
      double low =
          (u[p] * (1 - tz) + u[p + stepZ] * tz) * (1 - ty)
              + (u[p + stepY] * (1 - tz) + u[p + stepY + stepZ] * tz) * ty;
      double high =
          (u[q] * (1 - tz) + u[q + stepZ] * tz) * (1 - ty)
              + (u[q + stepY] * (1 - tz) + u[q + stepY + stepZ] * tz) * ty;
      out[i - from] = low * (1 - tx) + high * tx;
    }
  }
}
