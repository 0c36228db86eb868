package org.mdx.scale;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mdx.math.GridAxis;

/**
 * Values on the points of a regular grid of one to three axes, for each panel of a detector if it
 * depends on the pixel, and linear interpolation between them. Immutable.
 *
 * <p>Values are in C order: panel, first axis, second axis, third axis, the last varying fastest.
 */
public final class ControlGrid {
  private final List<GridAxis> axes;
  private final int panels;
  private final double[] values;
  private final int perPanel;

  private ControlGrid(List<GridAxis> axes, int panels, double[] values) {
    this.axes = axes;
    this.panels = panels;
    this.values = values;
    this.perPanel = values.length / panels;
  }

  /**
   * A grid of one panel.
   *
   * @param axes one to three rising axes
   * @param values as many as the axes have points together, in C order; finite
   * @return the grid
   * @throws IllegalArgumentException if the numbers do not fit, an axis falls or a value is not
   *     finite
   */
  public static ControlGrid of(List<GridAxis> axes, double... values) {
    return ofPanels(axes, 1, values);
  }

  /**
   * A grid that repeats its axes for every panel.
   *
   * @param axes one to three rising axes
   * @param panels number of panels, 1 or more
   * @param values as many as the axes have points together for each panel; finite
   * @return the grid
   * @throws IllegalArgumentException if the numbers do not fit, an axis falls or a value is not
   *     finite
   */
  public static ControlGrid ofPanels(List<GridAxis> axes, int panels, double... values) {
    if (axes.isEmpty() || axes.size() > 3 || panels < 1) {
      throw new IllegalArgumentException(
          "a control grid of " + axes.size() + " axes and " + panels + " panels");
    }
    long points = panels;
    for (GridAxis axis : axes) {
      if (axis.size() > 1 && axis.get(1) < axis.get(0)) {
        throw new IllegalArgumentException("control points must rise: " + axis);
      }
      points *= axis.size();
    }
    if (points != values.length) {
      throw new IllegalArgumentException(
          values.length + " values for " + points + " control points");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("value " + i + " of a control grid is " + values[i]);
      }
    }
    return new ControlGrid(List.copyOf(axes), panels, values.clone());
  }

  /**
   * A grid of equal values.
   *
   * @param axes one to three rising axes
   * @param panels number of panels, 1 or more
   * @param value at every point
   * @return the grid
   */
  public static ControlGrid constant(List<GridAxis> axes, int panels, double value) {
    int points = panels;
    for (GridAxis axis : axes) {
      points = Math.multiplyExact(points, axis.size());
    }
    double[] v = new double[points];
    Arrays.fill(v, value);
    return ofPanels(axes, panels, v);
  }

  /**
   * The same points with other values.
   *
   * @param newValues as many as before
   * @return a new grid
   */
  public ControlGrid withValues(double... newValues) {
    return ofPanels(axes, panels, newValues);
  }

  /**
   * The axes.
   *
   * @return one to three
   */
  public List<GridAxis> axes() {
    return axes;
  }

  /**
   * Number of panels.
   *
   * @return 1 or more
   */
  public int panels() {
    return panels;
  }

  /**
   * Number of control points.
   *
   * @return of all panels
   */
  public int size() {
    return values.length;
  }

  /**
   * The values.
   *
   * @return a new array in C order
   */
  public double[] values() {
    return values.clone();
  }

  /** One value by its place in C order. */
  double value(int i) {
    return values[i];
  }

  /**
   * The value at a point of a grid with one axis.
   *
   * @param x coordinate
   * @return NaN outside the grid
   */
  public double at(double x) {
    requireAxes(1, "point");
    GridAxis ax = axes.get(0);
    if (outside(ax, x)) {
      return Double.NaN;
    }
    double f = ax.fraction(x);
    int i = ax.base(f);
    double t = f - i;
    return values[i] * (1 - t) + values[ax.next(i)] * t;
  }

  /**
   * The value at a point of a grid with two axes.
   *
   * @param panel which panel, from 0
   * @param x coordinate on the first axis
   * @param y coordinate on the second axis
   * @return NaN outside the grid
   */
  public double at(int panel, double x, double y) {
    requireAxes(2, "point");
    if (outside(panel, x, y)) {
      return Double.NaN;
    }
    GridAxis ax = axes.get(0);
    GridAxis ay = axes.get(1);
    double fx = ax.fraction(x);
    double fy = ay.fraction(y);
    int i = ax.base(fx);
    int j = ay.base(fy);
    double t = fx - i;
    double u = fy - j;
    int low = panel * perPanel + i * ay.size();
    int high = panel * perPanel + ax.next(i) * ay.size();
    int next = ay.next(j);
    return (values[low + j] * (1 - t) + values[high + j] * t) * (1 - u)
        + (values[low + next] * (1 - t) + values[high + next] * t) * u;
  }

  /**
   * The value at a point of a grid with three axes.
   *
   * @param panel which panel, from 0
   * @param x coordinate on the first axis
   * @param y coordinate on the second axis
   * @param z coordinate on the third axis
   * @return NaN outside the grid
   */
  public double at(int panel, double x, double y, double z) {
    requireAxes(3, "point");
    GridAxis ax = axes.get(0);
    GridAxis ay = axes.get(1);
    GridAxis az = axes.get(2);
    if (outside(panel, x, y) || outside(az, z)) {
      return Double.NaN;
    }
    double fx = ax.fraction(x);
    double fy = ay.fraction(y);
    double fz = az.fraction(z);
    int i = ax.base(fx);
    int j = ay.base(fy);
    int k = az.base(fz);
    int nz = az.size();
    int low = panel * perPanel + i * ay.size() * nz;
    int high = panel * perPanel + ax.next(i) * ay.size() * nz;
    Square square = new Square(low, high, j * nz, ay.next(j) * nz, fx - i, fy - j);
    double v = fz - k;
    return square.at(values, k) * (1 - v) + square.at(values, az.next(k)) * v;
  }

  /** The four columns of points along the last axis about a point, and where it lies among them. */
  private record Square(int low, int high, int y0, int y1, double t, double u) {
    double at(double[] values, int k) {
      return (values[low + k + y0] * (1 - t) + values[high + k + y0] * t) * (1 - u)
          + (values[low + k + y1] * (1 - t) + values[high + k + y1] * t) * u;
    }
  }

  /** Refuses to be asked as, or to be used for, something of another number of axes. */
  void requireAxes(int n, String what) {
    if (axes.size() != n) {
      throw new IllegalArgumentException(
          "the " + what + " has " + n + " axes, the grid " + axes.size());
    }
  }

  private boolean outside(int panel, double x, double y) {
    return panel < 0 || panel >= panels || outside(axes.get(0), x) || outside(axes.get(1), y);
  }

  private static boolean outside(GridAxis axis, double x) {
    return !(x >= axis.get(0) && x <= axis.get(axis.size() - 1));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ControlGrid g
        && panels == g.panels
        && axes.equals(g.axes)
        && Arrays.equals(values, g.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(axes, panels, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return axes
        + (panels > 1 ? " on " + panels + " panels" : "")
        + String.format(
            Locale.ROOT,
            ", values %.4g to %.4g",
            Arrays.stream(values).min().orElse(Double.NaN),
            Arrays.stream(values).max().orElse(Double.NaN));
  }
}
