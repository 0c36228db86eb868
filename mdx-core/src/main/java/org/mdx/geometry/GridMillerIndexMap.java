package org.mdx.geometry;

import org.mdx.math.GridAxis;

/** Miller indices interpolated from a coarse grid, as mdx2 does; for one panel. */
public final class GridMillerIndexMap implements MillerIndexMap {
  private final MillerIndexGrid grid;
  private final Scan scan;
  private final Panel panel;

  /**
   * The indices that a grid gives the pixels of a sweep.
   *
   * @param grid the grid
   * @param geometry of the sweep, with one panel
   * @throws IllegalArgumentException if the detector has several panels or the grid does not cover
   *     it
   */
  public GridMillerIndexMap(MillerIndexGrid grid, Geometry geometry) {
    if (geometry.detector().panels().size() != 1) {
      throw new IllegalArgumentException(
          "a Miller-index grid serves one panel, the detector has "
              + geometry.detector().panels().size()
              + "; map the pixels exactly instead");
    }
    this.grid = grid;
    scan = geometry.scan();
    panel = geometry.detector().panels().get(0);
    requireCover("ix", grid.ix(), 0, panel.width() - 1);
    requireCover("iy", grid.iy(), 0, panel.height() - 1);
    double first = scan.phi(0);
    double last = scan.phi(scan.frames() - 1);
    requireCover("phi", grid.phi(), Math.min(first, last), Math.max(first, last));
  }

  private static void requireCover(String name, GridAxis axis, double from, double to) {
    double a = axis.get(0);
    double b = axis.get(axis.size() - 1);
    if (Math.min(a, b) > from || Math.max(a, b) < to) {
      throw new IllegalArgumentException(
          "the Miller-index grid spans "
              + name
              + " "
              + a
              + " to "
              + b
              + ", the images "
              + from
              + " to "
              + to
              + ": it belongs to another sweep");
    }
  }

  @Override
  public Frame frame(int frame) {
    MillerIndexGrid.Plane plane = grid.plane(scan.phi(frame));
    return (p, iy, ix, n, h, k, l) -> plane.fillRow(iy, ix, n, h, k, l);
  }

  @Override
  public double[] bounds() {
    return new double[] {largest(grid.h()), largest(grid.k()), largest(grid.l())};
  }

  private static double largest(double[] values) {
    double m = 0;
    for (double v : values) {
      m = Math.max(m, Math.abs(v));
    }
    return m;
  }

  @Override
  public String toString() {
    return "GridMillerIndexMap[" + grid + "]";
  }
}
