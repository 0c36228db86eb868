package org.mdx.figures;

import java.util.Arrays;

/** Points of a chart, from left to right. A y that is NaN is a gap. Immutable. */
public final class Series {

  /** How points are drawn. */
  public enum Style {
    /** Joined by a line. */
    LINE,
    /** Joined by a broken line, for what is expected. */
    DASHED,
    /** Circles. */
    POINTS,
    /** Crosses, for a second set. */
    CROSSES,
    /** Small circles, for a cloud. */
    DOTS
  }

  private final String name;
  private final String group;
  private final Style style;
  private final double[] x;
  private final double[] y;
  private final double[] error;

  private Series(String name, String group, Style style, double[] x, double[] y, double[] error) {
    this.name = name;
    this.group = group;
    this.style = style;
    this.x = x;
    this.y = y;
    this.error = error;
  }

  /**
   * Points joined by a line.
   *
   * @param name for the legend
   * @param x finite, not falling
   * @param y as many; NaN and infinities are gaps
   * @return the series
   * @throws IllegalArgumentException if the lengths differ, or x is not finite or falls
   */
  public static Series of(String name, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          name + ": " + x.length + " values of x for " + y.length + " of y");
    }
    for (int i = 0; i < x.length; i++) {
      if (!(Math.abs(x[i]) <= Double.MAX_VALUE) || i > 0 && x[i] < x[i - 1]) {
        throw new IllegalArgumentException(
            name + ": x[" + i + "] = " + x[i] + ", must be finite and not below the one before");
      }
    }
    double[] finite = y.clone();
    for (int i = 0; i < finite.length; i++) {
      finite[i] = Double.isInfinite(finite[i]) ? Double.NaN : finite[i];
    }
    return new Series(name, name, Style.LINE, x.clone(), finite, null);
  }

  /**
   * The same drawn otherwise.
   *
   * @param other how
   * @return another series
   */
  public Series style(Style other) {
    return new Series(name, group, other, x, y, error);
  }

  /**
   * The same with error bars.
   *
   * @param sigma half the length of each bar; NaN for none
   * @return another series
   * @throws IllegalArgumentException if there are not as many as points
   */
  public Series errors(double[] sigma) {
    if (sigma.length != x.length) {
      throw new IllegalArgumentException(sigma.length + " errors for " + x.length + " points");
    }
    return new Series(name, group, style, x, y, sigma.clone());
  }

  /**
   * The same as a part of a group: drawn in the colour of the group, which has one entry in the
   * legend, such as a curve and its control points.
   *
   * @param of name of the group
   * @return another series
   */
  public Series group(String of) {
    return new Series(name, of, style, x, y, error);
  }

  /**
   * What it is a part of.
   *
   * @return its own name if it was not told
   */
  public String group() {
    return group;
  }

  /**
   * Name for the legend.
   *
   * @return any text
   */
  public String name() {
    return name;
  }

  /**
   * How it is drawn.
   *
   * @return the style
   */
  public Style style() {
    return style;
  }

  /**
   * Number of points, gaps too.
   *
   * @return 0 or more
   */
  public int size() {
    return x.length;
  }

  /**
   * Place of a point.
   *
   * @param i its number
   * @return finite
   */
  public double x(int i) {
    return x[i];
  }

  /**
   * Value of a point.
   *
   * @param i its number
   * @return NaN for a gap
   */
  public double y(int i) {
    return y[i];
  }

  /**
   * Error of a point.
   *
   * @param i its number
   * @return NaN for none
   */
  public double error(int i) {
    return error == null ? Double.NaN : error[i];
  }

  /**
   * Whether there are error bars.
   *
   * @return true if so
   */
  public boolean hasErrors() {
    return error != null;
  }

  /** Number of points that are no gaps. */
  long finite() {
    return Arrays.stream(y).filter(v -> !Double.isNaN(v)).count();
  }

  /** The name and the number of points. */
  @Override
  public String toString() {
    return "Series[" + name + ", " + x.length + " points]";
  }
}
