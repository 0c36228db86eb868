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

  private final double[] axis;
  private final double[] aa;
  private final double[] ay;

  /**
   * The equations of one grid.
   *
   * @param axis of the grid, three numbers for each axis
   * @param aa AᵀA; added to
   * @param ay Aᵀy; added to
   */
  public NormalKernel(double[] axis, double[] aa, double[] ay) {
    this.axis = axis;
    this.aa = aa;
    this.ay = ay;
  }

  /**
   * Adds observations on one axis.
   *
   * @param at coordinates on one axis
   * @param eq the observations' equations
   * @param from first observation
   * @param to one behind the last observation
   */
  public void line(Coordinates at, Equations eq, int from, int to) {
    float[] x = at.x();
    double[] e = eq.e();
    double[] g = eq.g();
    double[] r = eq.r();
    double[] m = aa;
    double[] y = ay;
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
      m[LINE * p] += egg * w0 * w0;
      m[LINE * p + 1] += egg * w0 * w1;
      m[LINE * q] += egg * w1 * w1;
      y[p] += egr * w0;
      y[q] += egr * w1;
    }
  }

  /**
   * Adds observations on two axes.
   *
   * @param at coordinates on two axes
   * @param eq the observations' equations
   * @param from first observation
   * @param to one behind the last observation
   */
  public void plane(Coordinates at, Equations eq, int from, int to) {
    char[] panel = at.panel();
    float[] x = at.x();
    float[] y = at.y();
    double[] e = eq.e();
    double[] g = eq.g();
    double[] r = eq.r();
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
      int p = (panel == null ? 0 : panel[i] * perPanel) + bx * ny + by;
      int q = p + stepX;
      right(ay, p, p + stepY, eg * r[i], w0, w1);
      right(ay, q, q + stepY, eg * r[i], w2, w3);
      int a = PLANE * p;
      pair(aa, a, egg * w0, w0, w1);
      pair(aa, a + 3, egg * w0, w2, w3);
      a += PLANE * stepY;
      aa[a] += egg * w1 * w1;
      pair(aa, a + 2, egg * w1, w2, w3);
      a = PLANE * q;
      pair(aa, a, egg * w2, w2, w3);
      aa[a + PLANE * stepY] += egg * w3 * w3;
    }
  }

  /**
   * Adds observations on three axes.
   *
   * @param at coordinates on three axes
   * @param eq the observations' equations
   * @param from first observation
   * @param to one behind the last observation
   */
  public void space(Coordinates at, Equations eq, int from, int to) {
    char[] panel = at.panel();
    float[] x = at.x();
    float[] y = at.y();
    float[] z = at.z();
    double[] e = eq.e();
    double[] g = eq.g();
    double[] r = eq.r();
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
    Box box = new Box(nx > 1 ? ny * nz : 0, ny > 1 ? nz : 0, nz > 1 ? 1 : 0, aa, ay);
    int perPanel = nx * ny * nz;
    for (int i = from; i < to; i++) {
      double fx = (x[i] - x0) * dx;
      double fy = (y[i] - y0) * dy;
      double fz = (z[i] - z0) * dz;
      int bx = Math.min((int) fx, lastX);
      int by = Math.min((int) fy, lastY);
      int bz = Math.min((int) fz, lastZ);
      double eg = e[i] * g[i];
      int p = (panel == null ? 0 : panel[i] * perPanel) + (bx * ny + by) * nz + bz;
      box.add(p, fx - bx, fy - by, fz - bz, eg * g[i], eg * r[i]);
    }
  }

  /** The eight points around an observation, by the steps from one to the next along each axis. */
  private record Box(int stepX, int stepY, int stepZ, double[] aa, double[] ay) {

    /** Adds an observation at tx, ty, tz of the way from point p; egg = e g², egr = e g r. */
    void add(int p, double tx, double ty, double tz, double egg, double egr) {
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
      int q = p + stepX;
      right(ay, p, p + stepZ, egr, w0, w1);
      right(ay, p + stepY, p + stepY + stepZ, egr, w2, w3);
      right(ay, q, q + stepZ, egr, w4, w5);
      right(ay, q + stepY, q + stepY + stepZ, egr, w6, w7);
      int a0 = SPACE * p;
      int a1 = a0 + SPACE * stepZ;
      int a2 = a0 + SPACE * stepY;
      int a3 = a2 + SPACE * stepZ;
      face(a0, egg, w0, w1, w2, w3);
      quad(a0 + 9, egg * w0, w4, w5, w6, w7);
      quad(a1 + 8, egg * w1, w4, w5, w6, w7);
      quad(a2 + 6, egg * w2, w4, w5, w6, w7);
      quad(a3 + 5, egg * w3, w4, w5, w6, w7);
      face(SPACE * q, egg, w4, w5, w6, w7);
    }

    /** Pairs of the four points that share the first axis. */
    private void face(int a0, double egg, double w0, double w1, double w2, double w3) {
      int a1 = a0 + SPACE * stepZ;
      int a2 = a0 + SPACE * stepY;
      quad(a0, egg * w0, w0, w1, w2, w3);
      aa[a1] += egg * w1 * w1;
      pair(aa, a1 + 2, egg * w1, w2, w3);
      pair(aa, a2, egg * w2, w2, w3);
      aa[a2 + SPACE * stepZ] += egg * w3 * w3;
    }

    /** Pairs of one point with the four of a face. */
    private void quad(int a, double v, double w0, double w1, double w2, double w3) {
      pair(aa, a, v, w0, w1);
      pair(aa, a + 3, v, w2, w3);
    }
  }

  private static void pair(double[] aa, int a, double v, double w0, double w1) {
    aa[a] += v * w0;
    aa[a + 1] += v * w1;
  }

  private static void right(double[] ay, int p, int q, double egr, double w0, double w1) {
    ay[p] += egr * w0;
    ay[q] += egr * w1;
  }
}
