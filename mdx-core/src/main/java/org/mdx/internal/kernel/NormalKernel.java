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

  private NormalKernel() {}

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
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      double fy = (y[i] - y0) * dy;
      double fz = (z[i] - z0) * dz;
      int bx = Math.min((int) fx, lastX);
      int by = Math.min((int) fy, lastY);
      int bz = Math.min((int) fz, lastZ);
      double tx = fx - bx;
      double ty = fy - by;
      double tz = fz - bz;
      double w00 = (1 - tx) * (1 - ty);
      double w01 = (1 - tx) * ty;
      double w10 = tx * (1 - ty);
      double w11 = tx * ty;
      double w0 = w00 * (1 - tz);
      double w1 = w00 * tz;
      double w2 = w01 * (1 - tz);
      double w3 = w01 * tz;
      double w4 = w10 * (1 - tz);
      double w5 = w10 * tz;
      double w6 = w11 * (1 - tz);
      double w7 = w11 * tz;
      double eg = e[i] * g[i];
      double egg = eg * g[i];
      double egr = eg * r[i];
      int p = (panel == null ? 0 : panel[i] * perPanel) + (bx * ny + by) * nz + bz;
      ay[p] += egr * w0;
      ay[p + stepZ] += egr * w1;
      ay[p + stepY] += egr * w2;
      ay[p + stepY + stepZ] += egr * w3;
      int q = p + stepX;
      ay[q] += egr * w4;
      ay[q + stepZ] += egr * w5;
      ay[q + stepY] += egr * w6;
      ay[q + stepY + stepZ] += egr * w7;
      double v0 = egg * w0;
      double v1 = egg * w1;
      double v2 = egg * w2;
      double v3 = egg * w3;
      int a0 = SPACE * p;
      int a1 = a0 + SPACE * stepZ;
      int a2 = a0 + SPACE * stepY;
      int a3 = a2 + SPACE * stepZ;
      within(aa, a0, a1, a2, a3, v0, v1, v2, v3, w0, w1, w2, w3);
      across(aa, a0, a1, a2, a3, v0, v1, v2, v3, w4, w5, w6, w7);
      int b0 = SPACE * q;
      int b1 = b0 + SPACE * stepZ;
      int b2 = b0 + SPACE * stepY;
      int b3 = b2 + SPACE * stepZ;
      within(aa, b0, b1, b2, b3, egg * w4, egg * w5, egg * w6, egg * w7, w4, w5, w6, w7);
    }
  }

  /** Pairs of the four corners of a cell that share the first axis. */
  private static void within(
      double[] aa,
      int a0,
      int a1,
      int a2,
      int a3,
      double v0,
      double v1,
      double v2,
      double v3,
      double w0,
      double w1,
      double w2,
      double w3) {
    aa[a0] += v0 * w0;
    aa[a0 + 1] += v0 * w1;
    aa[a0 + 3] += v0 * w2;
    aa[a0 + 4] += v0 * w3;
    aa[a1] += v1 * w1;
    aa[a1 + 2] += v1 * w2;
    aa[a1 + 3] += v1 * w3;
    aa[a2] += v2 * w2;
    aa[a2 + 1] += v2 * w3;
    aa[a3] += v3 * w3;
  }

  /** Pairs of these four with the four behind them on the first axis. */
  private static void across(
      double[] aa,
      int a0,
      int a1,
      int a2,
      int a3,
      double v0,
      double v1,
      double v2,
      double v3,
      double w4,
      double w5,
      double w6,
      double w7) {
    aa[a0 + 9] += v0 * w4;
    aa[a0 + 10] += v0 * w5;
    aa[a0 + 12] += v0 * w6;
    aa[a0 + 13] += v0 * w7;
    aa[a1 + 8] += v1 * w4;
    aa[a1 + 9] += v1 * w5;
    aa[a1 + 11] += v1 * w6;
    aa[a1 + 12] += v1 * w7;
    aa[a2 + 6] += v2 * w4;
    aa[a2 + 7] += v2 * w5;
    aa[a2 + 9] += v2 * w6;
    aa[a2 + 10] += v2 * w7;
    aa[a3 + 5] += v3 * w4;
    aa[a3 + 6] += v3 * w5;
    aa[a3 + 8] += v3 * w6;
    aa[a3 + 9] += v3 * w7;
  }
}
