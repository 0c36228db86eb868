package org.mdx.internal.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;

/** The control points of one term and their values while they are refined. */
public final class TermGrid {
  /** One, two or three. */
  public final List<GridAxis> axes;

  /** Each has all points. */
  public final int panels;

  /** Number of points along each axis. */
  public final int[] shape;

  /** First point, points per unit and number of points of each axis in turn. */
  public final double[] axis;

  /** Of all points, panel by panel, the last axis fastest. */
  public final double[] values;

  /** What the weights of the smoothness are multiplied by, 0 if that is still to be found. */
  public double smoothing = 1;

  /** Whether the values have been fitted, or are all still those of the start. */
  public boolean isFitted;

  /** Weight of the square of a point with three neighbours in {@link #laplacian}. */
  private final double edge;

  /** Regularisers and the coarser grid, made when a thread first wants them. */
  private BandMatrix laplacian;

  private TermGrid coarser;

  private final BandMatrix[] secondDifferences;

  /**
   * A grid of points with one value.
   *
   * @param axes one, two or three
   * @param panels of the detector
   * @param start value of all points
   */
  public TermGrid(List<GridAxis> axes, int panels, double start) {
    this(axes, panels, start, 1);
  }

  private TermGrid(List<GridAxis> axes, int panels, double start, double edge) {
    this.edge = edge;
    this.axes = axes;
    this.panels = panels;
    shape = new int[axes.size()];
    secondDifferences = new BandMatrix[shape.length];
    axis = new double[3 * shape.length];
    int points = panels;
    for (int i = 0; i < shape.length; i++) {
      GridAxis a = axes.get(i);
      shape[i] = a.size();
      axis[3 * i] = a.get(0);
      axis[3 * i + 1] = a.size() > 1 ? (a.size() - 1) / (a.get(a.size() - 1) - a.get(0)) : 0;
      axis[3 * i + 2] = a.size();
      points = Math.multiplyExact(points, a.size());
    }
    values = new double[points];
    Arrays.fill(values, start);
  }

  /**
   * The points with their values as they are now.
   *
   * @return a copy
   */
  public ControlGrid toGrid() {
    return ControlGrid.ofPanels(axes, panels, values);
  }

  /**
   * Σ Bᵀ B of the second differences (−½, 1, −½) along one axis.
   *
   * @param along number of the axis
   * @return not to be changed
   */
  public BandMatrix secondDifference(int along) {
    if (secondDifferences[along] == null) {
      secondDifferences[along] = sumOfSecondDifferences(along);
    }
    return secondDifferences[along];
  }

  private BandMatrix sumOfSecondDifferences(int along) {
    BandMatrix b = new BandMatrix(values.length);
    int step = stride(along);
    double[] coefficients = {-0.5, 1, -0.5};
    for (int p = 0; p < values.length; p++) {
      int i = p / step % shape[along];
      if (i > 0 && i < shape[along] - 1) {
        b.addRow(new int[] {p - step, p, p + step}, coefficients);
      }
    }
    return b;
  }

  /**
   * Σ Bᵀ B of the value minus the mean of its neighbours along the first two axes.
   *
   * @return not to be changed
   */
  public synchronized BandMatrix laplacian() {
    if (laplacian == null) {
      laplacian = sumOfLaplacians();
    }
    return laplacian;
  }

  private BandMatrix sumOfLaplacians() {
    BandMatrix b = new BandMatrix(values.length);
    for (int p = 0; p < values.length; p++) {
      List<Integer> points = new ArrayList<>();
      points.add(p);
      for (int along = 0; along < 2; along++) {
        int step = stride(along);
        int i = p / step % shape[along];
        if (i > 0) {
          points.add(p - step);
        }
        if (i < shape[along] - 1) {
          points.add(p + step);
        }
      }
      double[] coefficients = new double[points.size()];
      double root = points.size() == 4 ? Math.sqrt(edge) : 1;
      Arrays.fill(coefficients, -root / Math.max(1, points.size() - 1));
      coefficients[0] = root;
      b.addRow(points.stream().mapToInt(Integer::intValue).toArray(), coefficients);
    }
    return b;
  }

  /**
   * The grid over the same area with half as many points along each axis. Its edges have more
   * weight: where a point has neighbours on one side only, the difference grows with the distance
   * of the points, and inside with its square.
   */
  synchronized TermGrid coarser() {
    if (coarser == null) {
      List<GridAxis> half = new ArrayList<>();
      double ratio = 1;
      for (GridAxis a : axes) {
        int n = (a.size() + 1) / 2;
        half.add(GridAxis.linear(a.get(0), a.get(a.size() - 1), n));
        ratio *= (a.size() - 1.0) / (n - 1);
      }
      coarser = new TermGrid(half, panels, 0, edge * Math.pow(ratio, 1.0 / axes.size()));
    }
    return coarser;
  }

  private int stride(int along) {
    int step = 1;
    for (int i = along + 1; i < shape.length; i++) {
      step *= shape[i];
    }
    return step;
  }
}
