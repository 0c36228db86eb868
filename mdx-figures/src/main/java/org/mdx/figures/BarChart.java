package org.mdx.figures;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.mdx.figures.axes.ChartAxis;

/** Bars that stand side by side on a number line, such as a histogram. Immutable. */
public final class BarChart implements Panel {
  private final String title;
  private final ChartAxis x;
  private final ChartAxis y;
  private final String name;
  private final double[] edges;
  private final double[] heights;
  private final List<Series> lines;

  private BarChart(
      String title,
      ChartAxis x,
      ChartAxis y,
      String name,
      double[] edges,
      double[] heights,
      List<Series> lines) {
    this.title = Objects.requireNonNull(title, "title");
    this.x = x;
    this.y = y;
    this.name = name;
    this.edges = edges;
    this.heights = heights;
    this.lines = List.copyOf(lines);
  }

  /**
   * Bars.
   *
   * @param title above it
   * @param x axis to the right
   * @param y axis upwards
   * @param name of the bars, for the legend
   * @param edges limits of the bars, one more than heights, rising
   * @param heights of the bars; NaN for none
   * @return the chart
   * @throws IllegalArgumentException if the edges do not rise or their number does not fit
   */
  public static BarChart of(
      String title, ChartAxis x, ChartAxis y, String name, double[] edges, double[] heights) {
    if (edges.length != heights.length + 1) {
      throw new IllegalArgumentException(
          edges.length + " edges for " + heights.length + " bars, must be one more");
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i] > edges[i - 1])) {
        throw new IllegalArgumentException(
            "edge " + i + " of the bars at " + edges[i] + ", must be above " + edges[i - 1]);
      }
    }
    return new BarChart(title, x, y, name, edges.clone(), heights.clone(), List.of());
  }

  /**
   * The same with lines over the bars, such as what is expected.
   *
   * @param over the lines
   * @return another chart
   */
  public BarChart with(Series... over) {
    return new BarChart(title, x, y, name, edges, heights, List.of(over));
  }

  @Override
  public String title() {
    return title;
  }

  /**
   * Axis to the right.
   *
   * @return the axis
   */
  public ChartAxis x() {
    return x;
  }

  /**
   * Axis upwards.
   *
   * @return the axis
   */
  public ChartAxis y() {
    return y;
  }

  /**
   * Name of the bars.
   *
   * @return for the legend
   */
  public String name() {
    return name;
  }

  /**
   * Number of bars.
   *
   * @return 0 or more
   */
  public int bars() {
    return heights.length;
  }

  /**
   * Limit of a bar.
   *
   * @param i number of the bar that begins there, or of bars for the end
   * @return its x
   */
  public double edge(int i) {
    return edges[i];
  }

  /**
   * Height of a bar.
   *
   * @param i its number
   * @return its y; NaN for none
   */
  public double height(int i) {
    return heights[i];
  }

  /**
   * Lines over the bars.
   *
   * @return none or more
   */
  public List<Series> lines() {
    return lines;
  }

  @Override
  public long values() {
    return Arrays.stream(heights).filter(h -> !Double.isNaN(h)).count();
  }

  @Override
  public String[] csvHeader() {
    return new String[] {"series", x.label() + " from", x.label() + " to", y.label()};
  }

  @Override
  public void csvRows(CsvRows rows) {
    for (int i = 0; i < heights.length; i++) {
      rows.row(name, edges[i], edges[i + 1], heights[i]);
    }
    for (Series s : lines) {
      for (int i = 0; i < s.size(); i++) {
        rows.row(s.name(), s.x(i), s.x(i), s.y(i));
      }
    }
  }

  /** The title and the number of bars. */
  @Override
  public String toString() {
    return "BarChart[" + title + ", " + heights.length + " bars]";
  }
}
