package org.mdx.internal.kernel;

/**
 * Normal equations of a linear interpolation on a regular grid, accumulated observation by
 * observation:
 *
 * <pre>
 * minimise Σ e (g Σₖ wₖ uₖ − r)²:   AᵀA += e g² w wᵀ,   Aᵀy += e g r w
 * </pre>
 *
 * with the weights w of the 2, 4 or 8 points around the observation. AᵀA couples a point with its
 * neighbours only; of each pair the element is stored with the point that comes first. Per point
 * there are {@value #LINE}, {@value #PLANE} or {@value #SPACE} elements, for neighbours at (0) (1);
 * (0 0) (0 1) (1 −1) (1 0) (1 1); (0 0 0) (0 0 1) (0 1 −1) … (1 1 1). Axes are as in {@link
 * ControlKernel}.
 */
public final class NormalKernel {
  /** Elements for each point of a grid with one axis. */
  public static final int LINE = 2;

  /** Elements for each point of a grid with two axes. */
  public static final int PLANE = 5;

  /** Elements for each point of a grid with three axes. */
  public static final int SPACE = 14;

  private static final int[] PAIR = pairs();

  private NormalKernel() {}

  /** Element of each pair of the eight corners of a cell, the first of which comes first. */
  private static int[] pairs() {
    int[] pair = new int[64];
    for (int a = 0; a < 8; a++) {
      for (int b = a; b < 8; b++) {
        int dx = (b >> 2) - (a >> 2);
        int dy = (b >> 1 & 1) - (a >> 1 & 1);
        int dz = (b & 1) - (a & 1);
        pair[8 * a + b] = (dx * 3 + dy) * 3 + dz;
      }
    }
    return pair;
  }

  /**
   * Adds observations on one axis.
   *
   * @param x coordinates
   * @param from first observation
   * @param to one behind the last observation
   * @param axis of the grid
   * @param e 1/σ² of each observation; 0 to leave it out
   * @param g factor of the interpolated value, likewise
   * @param r right side, likewise
   * @param aa AᵀA; added to
   * @param ay Aᵀy; added to
   */
  public static void line(
      float[] x,
      int from,
      int to,
      double[] axis,
      double[] e,
      double[] g,
      double[] r,
      double[] aa,
      double[] ay) {
    double x0 = axis[0];
    double dx = axis[1];
    int lastX = ControlKernel.last(axis[2]);
    int stepX = axis[2] > 1 ? 1 : 0;
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      int p = Math.min((int) fx, lastX);
      double w1 = fx - p;
      double w0 = 1 - w1;
      double eg = e[i] * g[i];
      double egg = eg * g[i];
      double egr = eg * r[i];
      int q = p + stepX;
      aa[LINE * p] += egg * w0 * w0;
      aa[LINE * p + 1] += egg * w0 * w1;
      aa[LINE * q] += egg * w1 * w1;
      ay[p] += egr * w0;
      ay[q] += egr * w1;
    }
  }

  /**
   * Adds observations on two axes.
   *
   * @param panel panel of each observation, or null where there is one
   * @param x coordinates on the first axis
   * @param y coordinates on the second axis
   * @param from first observation
   * @param to one behind the last observation
   * @param axis of the grid
   * @param e 1/σ² of each observation; 0 to leave it out
   * @param g factor of the interpolated value, likewise
   * @param r right side, likewise
   * @param aa AᵀA; added to
   * @param ay Aᵀy; added to
   */
  public static void plane(
      char[] panel,
      float[] x,
      float[] y,
      int from,
      int to,
      double[] axis,
      double[] e,
      double[] g,
      double[] r,
      double[] aa,
      double[] ay) {
    double x0 = axis[0];
    double dx = axis[1];
    int nx = (int) axis[2];
    int lastX = ControlKernel.last(nx);
    double y0 = axis[3];
    double dy = axis[4];
    int ny = (int) axis[5];
    int lastY = ControlKernel.last(ny);
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
      double w0 = (1 - tx) * (1 - ty);
      double w1 = (1 - tx) * ty;
      double w2 = tx * (1 - ty);
      double w3 = tx * ty;
      double eg = e[i] * g[i];
      double egg = eg * g[i];
      double egr = eg * r[i];
      int p0 = (panel == null ? 0 : panel[i] * perPanel) + bx * ny + by;
      int p1 = p0 + stepY;
      int p2 = p0 + stepX;
      int p3 = p2 + stepY;
      int a = PLANE * p0;
      aa[a] += egg * w0 * w0;
      aa[a + 1] += egg * w0 * w1;
      aa[a + 3] += egg * w0 * w2;
      aa[a + 4] += egg * w0 * w3;
      a = PLANE * p1;
      aa[a] += egg * w1 * w1;
      aa[a + 2] += egg * w1 * w2;
      aa[a + 3] += egg * w1 * w3;
      a = PLANE * p2;
      aa[a] += egg * w2 * w2;
      aa[a + 1] += egg * w2 * w3;
      aa[PLANE * p3] += egg * w3 * w3;
      ay[p0] += egr * w0;
      ay[p1] += egr * w1;
      ay[p2] += egr * w2;
      ay[p3] += egr * w3;
    }
  }

  /**
   * Adds observations on three axes.
   *
   * @param panel panel of each observation, or null where there is one
   * @param x coordinates on the first axis
   * @param y coordinates on the second axis
   * @param z coordinates on the third axis
   * @param from first observation
   * @param to one behind the last observation
   * @param axis of the grid
   * @param e 1/σ² of each observation; 0 to leave it out
   * @param g factor of the interpolated value, likewise
   * @param r right side, likewise
   * @param aa AᵀA; added to
   * @param ay Aᵀy; added to
   */
  public static void space(
      char[] panel,
      float[] x,
      float[] y,
      float[] z,
      int from,
      int to,
      double[] axis,
      double[] e,
      double[] g,
      double[] r,
      double[] aa,
      double[] ay) {
    double x0 = axis[0];
    double dx = axis[1];
    int nx = (int) axis[2];
    int lastX = ControlKernel.last(nx);
    double y0 = axis[3];
    double dy = axis[4];
    int ny = (int) axis[5];
    int lastY = ControlKernel.last(ny);
    double z0 = axis[6];
    double dz = axis[7];
    int nz = (int) axis[8];
    int lastZ = ControlKernel.last(nz);
    int stepX = nx > 1 ? ny * nz : 0;
    int stepY = ny > 1 ? nz : 0;
    int stepZ = nz > 1 ? 1 : 0;
    int perPanel = nx * ny * nz;
    int[] at = {
      0, stepZ, stepY, stepY + stepZ, stepX, stepX + stepZ, stepX + stepY, stepX + stepY + stepZ
    };
    double[] w = new double[8];
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      double fy = (y[i] - y0) * dy;
      double fz = (z[i] - z0) * dz;
      int bx = Math.min((int) fx, lastX);
      int by = Math.min((int) fy, lastY);
      int bz = Math.min((int) fz, lastZ);
      corners(fx - bx, fy - by, fz - bz, w);
      double eg = e[i] * g[i];
      double egg = eg * g[i];
      double egr = eg * r[i];
      int p = (panel == null ? 0 : panel[i] * perPanel) + (bx * ny + by) * nz + bz;
      for (int a = 0; a < 8; a++) {
        int row = p + at[a];
        double wa = egg * w[a];
        ay[row] += egr * w[a];
        for (int b = a; b < 8; b++) {
          aa[SPACE * row + PAIR[8 * a + b]] += wa * w[b];
        }
      }
    }
  }

  private static void corners(double tx, double ty, double tz, double[] w) {
    double low = 1 - tx;
    w[0] = low * (1 - ty) * (1 - tz);
    w[1] = low * (1 - ty) * tz;
    w[2] = low * ty * (1 - tz);
    w[3] = low * ty * tz;
    w[4] = tx * (1 - ty) * (1 - tz);
    w[5] = tx * (1 - ty) * tz;
    w[6] = tx * ty * (1 - tz);
    w[7] = tx * ty * tz;
  }
}
