package org.mdx.figures.axes;

import java.util.Objects;

/**
 * An axis of a chart: what it shows, in which unit, from where to where.
 *
 * @param name such as {@code s} or {@code scale}
 * @param unit such as {@code 1/Å}; empty for a number without one
 * @param min lower end; NaN for where the values begin
 * @param max upper end; NaN for where the values end
 * @param logarithmic whether powers of ten are equally far apart
 */
public record ChartAxis(String name, String unit, double min, double max, boolean logarithmic) {

  public ChartAxis {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    if (min >= max || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException(
          "axis " + name + " from " + min + " to " + max + ", must rise");
    }
    if (logarithmic && min <= 0) {
      throw new IllegalArgumentException(
          "axis " + name + " from " + min + ": a logarithmic axis begins above 0");
    }
  }

  /**
   * An axis as long as its values.
   *
   * @param name of the quantity
   * @param unit of it, or empty
   * @return the axis
   */
  public static ChartAxis of(String name, String unit) {
    return new ChartAxis(name, unit, Double.NaN, Double.NaN, false);
  }

  /**
   * The same from and to given values.
   *
   * @param from lower end; NaN for where the values begin
   * @param to upper end; NaN for where the values end
   * @return another axis
   */
  public ChartAxis range(double from, double to) {
    return new ChartAxis(name, unit, from, to, logarithmic);
  }

  /**
   * The same in powers of ten.
   *
   * @return another axis
   */
  public ChartAxis log() {
    return new ChartAxis(name, unit, min, max, true);
  }

  /**
   * Name and unit.
   *
   * @return such as {@code s (1/Å)}
   */
  public String label() {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }
}
