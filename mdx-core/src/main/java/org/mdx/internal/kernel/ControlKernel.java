package org.mdx.internal.kernel;

/**
 * Linear interpolation on regular grids of control points, for many observations at once.
 *
 * <p>An axis is given by three numbers: its first point, points per unit, and the number of points.
 * Coordinates lie between its ends, which the caller has seen to. Values are in C order.
 */
public final class ControlKernel {
  private ControlKernel() {}

  /** The last point that has one behind it, 0 if there is one point only. */
  static int last(double points) {
    return Math.max(0, (int) points - 2);
  }

  /**
   * Interpolates on one axis.
   *
   * @param at coordinates on one axis
   * @param from first observation
   * @param to one behind the last observation
   * @param axis of the grid
   * @param u values at the points
   * @param out value of each observation; filled
   */
  public static void line(
      Coordinates at, int from, int to, double[] axis, double[] u, double[] out) {
    float[] x = at.x();
    double x0 = axis[0];
    double dx = axis[1];
    int lastX = last(axis[2]);
    int stepX = axis[2] > 1 ? 1 : 0;
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      int bx = Math.min((int) fx, lastX);
      double low = u[bx];
      out[i] = low + (u[bx + stepX] - low) * (fx - bx);
    }
  }

  /**
   * Interpolates on two axes.
   *
   * @param at coordinates on two axes
   * @param from first observation
   * @param to one behind the last observation
   * @param axis of the grid: the first axis, then the second
   * @param u values at the points, panel after panel
   * @param out value of each observation; filled
   */
  public static void plane(
      Coordinates at, int from, int to, double[] axis, double[] u, double[] out) {
    char[] panel = at.panel();
    float[] x = at.x();
    float[] y = at.y();
    double x0 = axis[0];
    double dx = axis[1];
    int nx = (int) axis[2];
    int lastX = last(nx);
    double y0 = axis[3];
    double dy = axis[4];
    int ny = (int) axis[5];
    int lastY = last(ny);
    int stepX = nx > 1 ? ny : 0;
    int stepY = ny > 1 ? 1 : 0;
    int perPanel = nx * ny;
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      double fy = (y[i] - y0) * dy;
      int bx = Math.min((int) fx, lastX);
      int by = Math.min((int) fy, lastY);
      double tx = fx - bx;
      double ty = fy - by;
      int p = (panel == null ? 0 : panel[i] * perPanel) + bx * ny + by;
      int q = p + stepX;
      double low = u[p] + (u[p + stepY] - u[p]) * ty;
      double high = u[q] + (u[q + stepY] - u[q]) * ty;
      out[i] = low + (high - low) * tx;
    }
  }

  /**
   * Interpolates on three axes.
   *
   * @param at coordinates on three axes
   * @param from first observation
   * @param to one behind the last observation
   * @param axis of the grid: each axis in turn
   * @param u values at the points, panel after panel
   * @param out value of each observation; filled
   */
  public static void space(
      Coordinates at, int from, int to, double[] axis, double[] u, double[] out) {
    char[] panel = at.panel();
    float[] x = at.x();
    float[] y = at.y();
    float[] z = at.z();
    double x0 = axis[0];
    double dx = axis[1];
    int nx = (int) axis[2];
    int lastX = last(nx);
    double y0 = axis[3];
    double dy = axis[4];
    int ny = (int) axis[5];
    int lastY = last(ny);
    double z0 = axis[6];
    double dz = axis[7];
    int nz = (int) axis[8];
    int lastZ = last(nz);
    int stepX = nx > 1 ? ny * nz : 0;
    int stepY = ny > 1 ? nz : 0;
    int stepZ = nz > 1 ? 1 : 0;
    int perPanel = nx * ny * nz;
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      double fy = (y[i] - y0) * dy;
      double fz = (z[i] - z0) * dz;
      int bx = Math.min((int) fx, lastX);
      int by = Math.min((int) fy, lastY);
      int bz = Math.min((int) fz, lastZ);
      double ty = fy - by;
      double tz = fz - bz;
      int p = (panel == null ? 0 : panel[i] * perPanel) + (bx * ny + by) * nz + bz;
      int py = p + stepY;
      int q = p + stepX;
      int qy = q + stepY;
      double p0 = u[p] + (u[p + stepZ] - u[p]) * tz;
      double p1 = u[py] + (u[py + stepZ] - u[py]) * tz;
      double q0 = u[q] + (u[q + stepZ] - u[q]) * tz;
      double q1 = u[qy] + (u[qy + stepZ] - u[qy]) * tz;
      double low = p0 + (p1 - p0) * ty;
      out[i] = low + (q0 + (q1 - q0) * ty - low) * (fx - bx);
    }
  }
}
