package org.mdx.geometry;

import org.mdx.math.GridAxis;

/**
 * The corrections of one panel on a coarse grid over (iy, ix), bilinearly interpolated between:
 * mdx2's {@code corrections}. Immutable.
 */
public final class CorrectionGrid {

  /** The six quantities, in mdx2's order. */
  public enum Quantity {
    /** Ω, sr. */
    SOLID_ANGLE,
    /** E. */
    EFFICIENCY,
    /** T. */
    ATTENUATION,
    /** P. */
    POLARIZATION,
    /** 1/Lorentz. */
    INVERSE_LORENTZ,
    /** d³s, Å⁻³. */
    D3S
  }

  private static final int N = 6;

  private final GridAxis iy;
  private final GridAxis ix;
  private final double[] values; // (iy, ix, quantity)

  private CorrectionGrid(GridAxis iy, GridAxis ix, double[] values) {
    this.iy = iy;
    this.ix = ix;
    this.values = values;
  }

  /**
   * A grid from its values. Each array is in the order (iy, ix), ix fastest, and copied.
   *
   * @param iy rows
   * @param ix columns
   * @param solidAngle Ω in sr
   * @param efficiency E
   * @param attenuation T
   * @param polarization P
   * @param inverseLorentz 1/Lorentz
   * @param d3s in Å⁻³
   * @return the grid
   * @throws IllegalArgumentException if an axis is not monotone or a number of values is wrong
   */
  public static CorrectionGrid of(
      double[] iy,
      double[] ix,
      double[] solidAngle,
      double[] efficiency,
      double[] attenuation,
      double[] polarization,
      double[] inverseLorentz,
      double[] d3s) {
    int n = Math.multiplyExact(iy.length, ix.length);
    double[][] all = {solidAngle, efficiency, attenuation, polarization, inverseLorentz, d3s};
    double[] values = new double[Math.multiplyExact(n, N)];
    for (int q = 0; q < N; q++) {
      if (all[q].length != n) {
        throw new IllegalArgumentException(
            "a grid of "
                + iy.length
                + " x "
                + ix.length
                + " points with "
                + all[q].length
                + " values of "
                + Quantity.values()[q]);
      }
      for (int i = 0; i < n; i++) {
        values[i * N + q] = all[q][i];
      }
    }
    return new CorrectionGrid(GridAxis.of(iy), GridAxis.of(ix), values);
  }

  /**
   * Samples the exact corrections as the reference does: ceil(n/step) + 1 points that span the
   * edges −0.5 … n − 0.5 of the panel.
   *
   * @param geometry beam, detector, goniometer and scan
   * @param panel index of the panel
   * @param stepY pixels, above 0; 10 in the reference
   * @param stepX pixels, above 0; 10 in the reference
   * @param centre coordinate of the centre of pixel 0: 0 in the reference, 0.5 rightly
   * @return the grid
   * @throws IllegalArgumentException if a step is not above 0
   */
  public static CorrectionGrid sample(
      Geometry geometry, int panel, double stepY, double stepX, double centre) {
    Panel p = geometry.detector().panels().get(panel);
    GridAxis iy =
        GridAxis.linear(-0.5, p.height() - 0.5, MillerIndexGrid.samples("iy", p.height(), stepY));
    GridAxis ix =
        GridAxis.linear(-0.5, p.width() - 0.5, MillerIndexGrid.samples("ix", p.width(), stepX));
    Corrections exact = Corrections.of(geometry);
    double[] values = new double[Math.multiplyExact(iy.size() * ix.size(), N)];
    int at = 0;
    for (int j = 0; j < iy.size(); j++) {
      for (int i = 0; i < ix.size(); i++) {
        CorrectionFactors f = exact.at(panel, ix.get(i) + centre, iy.get(j) + centre);
        values[at++] = f.solidAngle();
        values[at++] = f.efficiency();
        values[at++] = f.attenuation();
        values[at++] = f.polarization();
        values[at++] = f.inverseLorentz();
        values[at++] = f.d3s();
      }
    }
    return new CorrectionGrid(iy, ix, values);
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
   * One quantity at all grid points.
   *
   * @param q which
   * @return a new array in the order (iy, ix)
   */
  public double[] values(Quantity q) {
    double[] out = new double[values.length / N];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i * N + q.ordinal()];
    }
    return out;
  }

  /**
   * Bilinear interpolation, clamped at the edges.
   *
   * @param atIy row
   * @param atIx column
   * @return the six quantities
   */
  public CorrectionFactors interpolate(double atIy, double atIx) {
    double fy = iy.fraction(atIy);
    double fx = ix.fraction(atIx);
    int by = iy.base(fy);
    int bx = ix.base(fx);
    fy -= by;
    fx -= bx;
    int y0 = by * ix.size();
    int y1 = iy.next(by) * ix.size();
    int x1 = ix.next(bx);
    int i00 = (y0 + bx) * N;
    int i01 = (y0 + x1) * N;
    int i10 = (y1 + bx) * N;
    int i11 = (y1 + x1) * N;
    double w00 = (1 - fy) * (1 - fx);
    double w01 = (1 - fy) * fx;
    double w10 = fy * (1 - fx);
    double w11 = fy * fx;
    double[] v = values;
    return new CorrectionFactors(
        w00 * v[i00] + w01 * v[i01] + w10 * v[i10] + w11 * v[i11],
        w00 * v[i00 + 1] + w01 * v[i01 + 1] + w10 * v[i10 + 1] + w11 * v[i11 + 1],
        w00 * v[i00 + 2] + w01 * v[i01 + 2] + w10 * v[i10 + 2] + w11 * v[i11 + 2],
        w00 * v[i00 + 3] + w01 * v[i01 + 3] + w10 * v[i10 + 3] + w11 * v[i11 + 3],
        w00 * v[i00 + 4] + w01 * v[i01 + 4] + w10 * v[i10 + 4] + w11 * v[i11 + 4],
        w00 * v[i00 + 5] + w01 * v[i01 + 5] + w10 * v[i10 + 5] + w11 * v[i11 + 5]);
  }

  /**
   * The panel that the grid spans: its outermost points are the edges of the first and the last
   * pixel.
   *
   * @return size of the panel
   */
  PanelSize size() {
    return new PanelSize(span(ix), span(iy));
  }

  private static int span(GridAxis axis) {
    return (int) Math.rint(axis.get(axis.size() - 1) + 0.5);
  }

  @Override
  public String toString() {
    return "CorrectionGrid[iy " + iy + "; ix " + ix + "]";
  }
}
