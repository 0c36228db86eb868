package org.mdx.crystal;

import java.util.Locale;

/**
 * The difference that two cells of one kind of crystal may have.
 *
 * @param length largest difference of an axis, as a fraction of the longer one; above 0
 * @param angle largest difference of an angle, degrees; above 0
 */
public record CellTolerance(double length, double angle) {

  public CellTolerance {
    if (!(length > 0) || !(angle > 0)) {
      throw new IllegalArgumentException(
          "tolerances of cells of " + length + " and " + angle + "°, both must be above 0");
    }
  }

  /**
   * Axes within 5 %, angles within 2°: those of cctbx's {@code is_similar_to} as {@code
   * dials.cosym} uses it.
   *
   * @return the defaults
   */
  public static CellTolerance defaults() {
    return new CellTolerance(0.05, 2);
  }

  /**
   * With another tolerance of the axes.
   *
   * @param fraction of the longer axis, above 0
   * @return new tolerances
   * @throws IllegalArgumentException if it is not above 0
   */
  public CellTolerance length(double fraction) {
    return new CellTolerance(fraction, angle);
  }

  /**
   * With another tolerance of the angles.
   *
   * @param degrees above 0
   * @return new tolerances
   * @throws IllegalArgumentException if it is not above 0
   */
  public CellTolerance angle(double degrees) {
    return new CellTolerance(length, degrees);
  }

  /**
   * Whether two cells agree, axis by axis and angle by angle.
   *
   * @param one a cell
   * @param other another
   * @return true if every difference is within the tolerance
   */
  public boolean admits(UnitCell one, UnitCell other) {
    return near(one.a(), other.a())
        && near(one.b(), other.b())
        && near(one.c(), other.c())
        && Math.abs(one.alpha() - other.alpha()) <= angle
        && Math.abs(one.beta() - other.beta()) <= angle
        && Math.abs(one.gamma() - other.gamma()) <= angle;
  }

  private boolean near(double x, double y) {
    return Math.abs(x - y) <= length * Math.max(x, y);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3g %% of an axis, %.3g°", 100 * length, angle);
  }
}
