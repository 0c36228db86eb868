package org.mdx.geometry;

import org.mdx.crystal.ChangeOfBasis;
import org.mdx.math.GridAxis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Miller indices of one panel on a coarse grid over (φ, iy, ix), trilinearly interpolated between:
 * mdx2's {@code miller_index}. Immutable.
 *
 * <p>All is {@code double}, and the order of operations is that of mdx2's {@code
 * interp_g2g_trilinear}: along φ, then iy, then ix, each a·(1 − f) + b·f with f from {@link
 * GridAxis#fraction} less its integer part. (mdx2 takes the shortest axis of a chunk of images
 * first, which is φ; where it takes ix before iy, values can differ by an ulp.) In the reference a
 * coordinate ix means px = ix, half a pixel from the centre; see {@link #sample}.
 */
public final class MillerIndexGrid {
  private final GridAxis phi;
  private final GridAxis iy;
  private final GridAxis ix;
  private final double[] h;
  private final double[] k;
  private final double[] l;
  private final int[] columnBase;
  private final double[] columnFraction;

  private MillerIndexGrid(
      GridAxis phi, GridAxis iy, GridAxis ix, double[] h, double[] k, double[] l) {
    this.phi = phi;
    this.iy = iy;
    this.ix = ix;
    this.h = h;
    this.k = k;
    this.l = l;
    double end = Math.max(ix.get(0), ix.get(ix.size() - 1));
    int columns = (int) Math.min(Math.max(Math.ceil(end), 0), 1 << 20) + 1;
    this.columnBase = new int[columns];
    this.columnFraction = new double[columns];
    for (int x = 0; x < columns; x++) {
      double f = ix.fraction(x);
      columnBase[x] = ix.base(f);
      columnFraction[x] = f - columnBase[x];
    }
  }

  /**
   * A grid from its values.
   *
   * @param phi angles in degrees
   * @param iy rows
   * @param ix columns
   * @param h values in the order (φ, iy, ix), ix fastest; copied
   * @param k like h
   * @param l like h
   * @return the grid
   * @throws IllegalArgumentException if an axis is not monotone or a number of values is wrong
   */
  public static MillerIndexGrid of(
      double[] phi, double[] iy, double[] ix, double[] h, double[] k, double[] l) {
    long n = (long) phi.length * iy.length * ix.length;
    if (h.length != n || k.length != n || l.length != n) {
      throw new IllegalArgumentException(
          "a grid of "
              + phi.length
              + " x "
              + iy.length
              + " x "
              + ix.length
              + " points with "
              + h.length
              + ", "
              + k.length
              + " and "
              + l.length
              + " values");
    }
    return new MillerIndexGrid(
        GridAxis.of(phi), GridAxis.of(iy), GridAxis.of(ix), h.clone(), k.clone(), l.clone());
  }

  /**
   * Samples a geometry as the reference does: ceil(range/step) + 1 points that span the edges −0.5
   * … n − 0.5 of the panel and the first and last edge of the scan.
   *
   * @param geometry with a crystal
   * @param panel index of the panel
   * @param stepPhi degrees, above 0; 1 in the reference
   * @param stepY pixels, above 0; 10 in the reference
   * @param stepX pixels, above 0; 10 in the reference
   * @param centre coordinate of the centre of pixel 0: 0 in the reference, 0.5 rightly
   * @return the grid
   * @throws IllegalStateException if there is no crystal
   * @throws IllegalArgumentException if a step is not above 0
   */
  public static MillerIndexGrid sample(
      Geometry geometry, int panel, double stepPhi, double stepY, double stepX, double centre) {
    Panel p = geometry.detector().panels().get(panel);
    Scan scan = geometry.scan();
    double[] phi =
        GridAxis.linspace(
            0, scan.frames(), samples("phi", Math.abs(scan.width()) * scan.frames(), stepPhi));
    for (int i = 0; i < phi.length; i++) {
      phi[i] = scan.start() + scan.width() * phi[i];
    }
    double[] iy = GridAxis.linspace(-0.5, p.height() - 0.5, samples("iy", p.height(), stepY));
    double[] ix = GridAxis.linspace(-0.5, p.width() - 0.5, samples("ix", p.width(), stepX));
    Vec3[] s = new Vec3[iy.length * ix.length];
    for (int j = 0; j < iy.length; j++) {
      for (int i = 0; i < ix.length; i++) {
        s[j * ix.length + i] = geometry.scatteringVector(panel, ix[i] + centre, iy[j] + centre);
      }
    }
    double[] h = new double[Math.multiplyExact(phi.length, s.length)];
    double[] k = new double[h.length];
    double[] l = new double[h.length];
    for (int m = 0; m < phi.length; m++) {
      Mat3 inverse = geometry.ub(phi[m]).inverse();
      Vec3 shift = geometry.beamShift(phi[m]);
      for (int i = 0; i < s.length; i++) {
        Vec3 hkl = inverse.times(s[i].minus(shift));
        h[m * s.length + i] = hkl.x();
        k[m * s.length + i] = hkl.y();
        l[m * s.length + i] = hkl.z();
      }
    }
    return new MillerIndexGrid(GridAxis.of(phi), GridAxis.of(iy), GridAxis.of(ix), h, k, l);
  }

  static int samples(String axis, double range, double step) {
    if (!(step > 0)) {
      throw new IllegalArgumentException(
          "step along " + axis + " is " + step + ", must be above 0");
    }
    return Math.addExact(1, Math.toIntExact((long) Math.ceil(range / step)));
  }

  /**
   * The angles of the grid.
   *
   * @return axis in degrees
   */
  public GridAxis phi() {
    return phi;
  }

  /**
   * The rows of the grid.
   *
   * @return axis in pixels
   */
  public GridAxis iy() {
    return iy;
  }

  /**
   * The columns of the grid.
   *
   * @return axis in pixels
   */
  public GridAxis ix() {
    return ix;
  }

  /**
   * The h of all grid points.
   *
   * @return a new array in the order (φ, iy, ix)
   */
  public double[] h() {
    return h.clone();
  }

  /**
   * The k of all grid points.
   *
   * @return a new array in the order (φ, iy, ix)
   */
  public double[] k() {
    return k.clone();
  }

  /**
   * The l of all grid points.
   *
   * @return a new array in the order (φ, iy, ix)
   */
  public double[] l() {
    return l.clone();
  }

  /**
   * The same grid for other axes of the crystal.
   *
   * @param operator the change of axes; h' = h·P⁻¹ at every grid point
   * @return a new grid
   */
  public MillerIndexGrid reindexed(ChangeOfBasis operator) {
    ChangeOfBasis p = operator.inverse();
    double[][] out = new double[3][h.length];
    for (int i = 0; i < h.length; i++) {
      for (int c = 0; c < 3; c++) {
        out[c][i] = h[i] * p.element(0, c) + k[i] * p.element(1, c) + l[i] * p.element(2, c);
      }
    }
    return new MillerIndexGrid(phi, iy, ix, out[0], out[1], out[2]);
  }

  /**
   * The index of one grid point.
   *
   * @param m number along φ
   * @param j number along iy
   * @param i number along ix
   * @return h, k, l
   */
  public Vec3 get(int m, int j, int i) {
    int at = (m * iy.size() + j) * ix.size() + i;
    return new Vec3(h[at], k[at], l[at]);
  }

  /**
   * Trilinear interpolation, clamped at the edges.
   *
   * @param atPhi degrees
   * @param atIy row
   * @param atIx column
   * @return h, k, l
   */
  public Vec3 interpolate(double atPhi, double atIy, double atIx) {
    double fm = phi.fraction(atPhi);
    double fy = iy.fraction(atIy);
    double fx = ix.fraction(atIx);
    int m = phi.base(fm);
    int y = iy.base(fy);
    int x = ix.base(fx);
    int at = (m * iy.size() + y) * ix.size() + x;
    int stepM = (phi.next(m) - m) * iy.size() * ix.size();
    int stepY = (iy.next(y) - y) * ix.size();
    int stepX = ix.next(x) - x;
    return new Vec3(
        corners(h, at, stepM, stepY, stepX, fm - m, fy - y, fx - x),
        corners(k, at, stepM, stepY, stepX, fm - m, fy - y, fx - x),
        corners(l, at, stepM, stepY, stepX, fm - m, fy - y, fx - x));
  }

  private static double corners(
      double[] v, int at, int stepM, int stepY, int stepX, double fm, double fy, double fx) {
    double c0 =
        lerp(lerp(v[at], v[at + stepM], fm), lerp(v[at + stepY], v[at + stepY + stepM], fm), fy);
    int next = at + stepX;
    double c1 =
        lerp(
            lerp(v[next], v[next + stepM], fm),
            lerp(v[next + stepY], v[next + stepY + stepM], fm),
            fy);
    return lerp(c0, c1, fx);
  }

  private static double lerp(double a, double b, double f) {
    return a * (1 - f) + b * f;
  }

  /**
   * The grid at one angle. Made once for a frame; can be used by one thread at a time.
   *
   * @param atPhi degrees
   * @return indices over (iy, ix)
   */
  public Plane plane(double atPhi) {
    double f = phi.fraction(atPhi);
    int b = phi.base(f);
    int n = phi.next(b);
    f -= b;
    int size = iy.size() * ix.size();
    return new Plane(
        between(h, b * size, n * size, size, f),
        between(k, b * size, n * size, size, f),
        between(l, b * size, n * size, size, f));
  }

  private static double[] between(double[] v, int from, int to, int size, double f) {
    double[] out = new double[size];
    between(v, from, to, f, out);
    return out;
  }

  private static void between(double[] v, int from, int to, double f, double[] out) {
    double g = 1 - f;
    for (int i = 0; i < out.length; i++) {
      out[i] = v[from + i] * g + v[to + i] * f;
    }
  }

  /** The indices along one row of the panel, at the grid's columns. */
  private final class Row {
    private final double[] h = new double[ix.size()];
    private final double[] k = new double[ix.size()];
    private final double[] l = new double[ix.size()];
  }

  /** The grid at one angle: Miller indices over (iy, ix). Not for several threads at once. */
  public final class Plane {
    private final double[] planeH;
    private final double[] planeK;
    private final double[] planeL;
    private final Row row = new Row();

    private Plane(double[] planeH, double[] planeK, double[] planeL) {
      this.planeH = planeH;
      this.planeK = planeK;
      this.planeL = planeL;
    }

    private Row row(double atIy) {
      double f = iy.fraction(atIy);
      int b = iy.base(f);
      int n = iy.next(b);
      f -= b;
      int width = ix.size();
      between(planeH, b * width, n * width, f, row.h);
      between(planeK, b * width, n * width, f, row.k);
      between(planeL, b * width, n * width, f, row.l);
      return row;
    }

    /**
     * The indices of neighbouring pixels of a row.
     *
     * @param atIy row
     * @param ix0 first column, 0 or more
     * @param n number of columns; the last must not lie beyond the grid
     * @param outH receives n values of h from 0
     * @param outK like outH
     * @param outL like outH
     * @throws IndexOutOfBoundsException if a column lies beyond the grid or an array is too short
     */
    public void fillRow(int atIy, int ix0, int n, double[] outH, double[] outK, double[] outL) {
      Row r = row(atIy);
      int end = ix0 + n;
      for (int x = ix0; x < end; ) {
        int b = columnBase[x];
        int next = ix.next(b);
        int stop = x + 1;
        while (stop < end && columnBase[stop] == b) {
          stop++;
        }
        segment(r.h[b], r.h[next], x, stop, ix0, outH);
        segment(r.k[b], r.k[next], x, stop, ix0, outK);
        segment(r.l[b], r.l[next], x, stop, ix0, outL);
        x = stop;
      }
    }

    private void segment(double a, double b, int from, int to, int ix0, double[] out) {
      double[] fraction = columnFraction;
      for (int x = from; x < to; x++) {
        double f = fraction[x];
        out[x - ix0] = a * (1 - f) + b * f;
      }
    }
  }

  @Override
  public String toString() {
    return "MillerIndexGrid[phi " + phi + "; iy " + iy + "; ix " + ix + "]";
  }
}
