package org.mdx.figures;

import java.util.Arrays;
import java.util.Objects;
import org.mdx.figures.axes.ChartAxis;

/** Numbers on a rectangular grid as colours, each cell one colour. Immutable. */
public final class Heat implements Raster {
  private final String title;
  private final ChartAxis xAxis;
  private final ChartAxis yAxis;
  private final double[] xEdges;
  private final double[] yEdges;
  private final float[] values;
  private final Colours colours;
  private final ColourScale scale;
  private final boolean downwards;

  private Heat(
      String title, ChartAxis[] axes, double[][] edges, float[] values, Colours c, boolean down) {
    this.title = Objects.requireNonNull(title, "title");
    xAxis = axes[0];
    yAxis = axes[1];
    xEdges = edges[0];
    yEdges = edges[1];
    this.values = values;
    colours = Objects.requireNonNull(c, "colours");
    scale = c.range().scale(values);
    downwards = down;
  }

  /**
   * A heat map whose y runs upwards.
   *
   * @param title above it
   * @param x axis to the right and the limits of the cells
   * @param y axis upwards and the limits of the cells
   * @param values cell (i, j) along x and y at i + j·(number along x); NaN where there is none
   * @param colours of the values
   * @return the panel
   * @throws IllegalArgumentException if edges do not rise or do not fit the values
   */
  public static Heat of(String title, Cells x, Cells y, float[] values, Colours colours) {
    if ((long) (x.edges().length - 1) * (y.edges().length - 1) != values.length) {
      throw new IllegalArgumentException(
          values.length
              + " values for "
              + (x.edges().length - 1)
              + " by "
              + (y.edges().length - 1)
              + " cells");
    }
    return new Heat(
        title,
        new ChartAxis[] {x.axis(), y.axis()},
        new double[][] {x.edges(), y.edges()},
        values.clone(),
        colours,
        false);
  }

  /**
   * An axis that is divided into cells.
   *
   * @param axis name and unit
   * @param edges limits of the cells, two or more, rising
   */
  public record Cells(ChartAxis axis, double... edges) {
    public Cells {
      edges = edges.clone();
      if (edges.length < 2) {
        throw new IllegalArgumentException(axis.name() + ": no cells");
      }
      for (int i = 1; i < edges.length; i++) {
        if (!(edges[i] > edges[i - 1])) {
          throw new IllegalArgumentException(
              axis.name() + ": edge " + i + " of the cells is not above the one before");
        }
      }
    }

    @Override
    public double[] edges() {
      return edges.clone();
    }

    /**
     * Cells around points: limits half-way between them.
     *
     * @param axis name and unit
     * @param points rising, one or more
     * @return the cells
     */
    public static Cells around(ChartAxis axis, double... points) {
      int n = points.length;
      double[] edges = new double[n + 1];
      for (int i = 1; i < n; i++) {
        edges[i] = (points[i - 1] + points[i]) / 2;
      }
      edges[0] = n == 1 ? points[0] - 0.5 : points[0] - (points[1] - points[0]) / 2;
      edges[n] = n == 1 ? points[0] + 0.5 : points[n - 1] + (points[n - 1] - points[n - 2]) / 2;
      return new Cells(axis, edges);
    }
  }

  /**
   * The same with y running downwards and units of one length, as the pixels of a detector.
   *
   * @return another panel
   */
  public Heat onDetector() {
    return new Heat(
        title,
        new ChartAxis[] {xAxis, yAxis},
        new double[][] {xEdges, yEdges},
        values,
        colours,
        true);
  }

  @Override
  public Heat coloured(Colours other) {
    return new Heat(
        title,
        new ChartAxis[] {xAxis, yAxis},
        new double[][] {xEdges, yEdges},
        values,
        other,
        downwards);
  }

  @Override
  public String title() {
    return title;
  }

  /**
   * Axis to the right.
   *
   * @return name and unit
   */
  public ChartAxis xAxis() {
    return xAxis;
  }

  /**
   * The other axis.
   *
   * @return name and unit
   */
  public ChartAxis yAxis() {
    return yAxis;
  }

  /**
   * Whether y runs downwards.
   *
   * @return true for the pixels of a detector
   */
  public boolean isDownwards() {
    return downwards;
  }

  @Override
  public double[] bounds() {
    double first = yEdges[0];
    double last = yEdges[yEdges.length - 1];
    return new double[] {
      xEdges[0], xEdges[xEdges.length - 1], downwards ? -last : first, downwards ? -first : last
    };
  }

  @Override
  public boolean hasEqualUnits() {
    return downwards;
  }

  @Override
  public int rgb(double x, double y) {
    int i = cell(xEdges, x);
    int j = cell(yEdges, downwards ? -y : y);
    return i < 0 || j < 0
        ? colours.map().unmeasured()
        : colours.map().rgb(scale.fraction(values[j * (xEdges.length - 1) + i]));
  }

  private static int cell(double[] edges, double at) {
    int i = Arrays.binarySearch(edges, at);
    i = i >= 0 ? i : -i - 2;
    return i == edges.length - 1 && at == edges[i] ? i - 1 : i < edges.length - 1 ? i : -1;
  }

  @Override
  public Colours colours() {
    return colours;
  }

  @Override
  public ColourScale scale() {
    return scale;
  }

  @Override
  public long values() {
    long n = 0;
    for (float v : values) {
      n += Float.isNaN(v) ? 0 : 1;
    }
    return n;
  }

  @Override
  public String[] csvHeader() {
    return new String[] {
      xAxis.label() + " from",
      xAxis.label() + " to",
      yAxis.label() + " from",
      yAxis.label() + " to",
      colours.label()
    };
  }

  @Override
  public void csvRows(CsvRows rows) {
    int nx = xEdges.length - 1;
    for (int j = 0; j < yEdges.length - 1; j++) {
      for (int i = 0; i < nx; i++) {
        rows.row(xEdges[i], xEdges[i + 1], yEdges[j], yEdges[j + 1], values[j * nx + i]);
      }
    }
  }

  /** The title and the number of cells. */
  @Override
  public String toString() {
    return "Heat[" + title + ", " + (xEdges.length - 1) + " by " + (yEdges.length - 1) + "]";
  }
}
