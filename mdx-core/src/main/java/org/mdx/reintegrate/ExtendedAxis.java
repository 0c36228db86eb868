package org.mdx.reintegrate;

import org.mdx.math.GridAxis;

/**
 * Where a coordinate lies among control points that were fitted to observations. Single pixels lie
 * a little beyond the mean positions of observations, so the end values hold for one interval more;
 * further out there is no value. A single control point holds everywhere.
 */
final class ExtendedAxis {
  private ExtendedAxis() {}

  /**
   * Fractional number of the control point.
   *
   * @param axis control points, rising
   * @param x the coordinate
   * @return 0 to size − 1; NaN more than one interval beyond the ends
   */
  static double fraction(GridAxis axis, double x) {
    int n = axis.size();
    if (n == 1) {
      return 0;
    }
    double below = axis.get(0) - x;
    double above = x - axis.get(n - 1);
    boolean near = below <= axis.get(1) - axis.get(0) && above <= axis.get(n - 1) - axis.get(n - 2);
    return near ? axis.fraction(x) : Double.NaN;
  }

  /**
   * Weight of a control point at a coordinate, and of the next.
   *
   * @return {base, part}, part NaN beyond the ends
   */
  static double[] split(GridAxis axis, double x) {
    double f = fraction(axis, x);
    int base = axis.base(f);
    return new double[] {base, f - base};
  }
}
