package org.mdx.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mdx.figures.axes.ChartAxis;

/**
 * Lines and points over one x.
 *
 * @param title above it
 * @param x axis to the right
 * @param y axis upwards
 * @param series what is drawn, in the order of the legend
 * @param bands grey stripes behind it
 */
public record LineChart(
    String title, ChartAxis x, ChartAxis y, List<Series> series, List<Band> bands)
    implements Panel {

  /**
   * A grey stripe, such as every other sweep.
   *
   * @param from lower x
   * @param to upper x
   */
  public record Band(double from, double to) {
    public Band {
      if (!(from < to)) {
        throw new IllegalArgumentException("band from " + from + " to " + to + ", must rise");
      }
    }
  }

  public LineChart {
    Objects.requireNonNull(title, "title");
    series = List.copyOf(series);
    bands = List.copyOf(bands);
  }

  /**
   * A chart without stripes.
   *
   * @param title above it
   * @param x axis to the right
   * @param y axis upwards
   * @param series what is drawn
   * @return the chart
   */
  public static LineChart of(String title, ChartAxis x, ChartAxis y, Series... series) {
    return new LineChart(title, x, y, List.of(series), List.of());
  }

  /**
   * The same with one series more.
   *
   * @param more drawn last
   * @return another chart
   */
  public LineChart with(Series more) {
    List<Series> all = new ArrayList<>(series);
    all.add(more);
    return new LineChart(title, x, y, all, bands);
  }

  /**
   * The same with other axes.
   *
   * @param across to the right
   * @param up upwards
   * @return another chart
   */
  public LineChart axes(ChartAxis across, ChartAxis up) {
    return new LineChart(title, across, up, series, bands);
  }

  /** Whether it is as high as it is wide: where the axes have the same limits, lengths compare. */
  boolean isSquare() {
    return x.min() == y.min() && x.max() == y.max();
  }

  @Override
  public long values() {
    return series.stream().mapToLong(Series::finite).sum();
  }

  @Override
  public String[] csvHeader() {
    return errors()
        ? new String[] {"series", x.label(), y.label(), "error"}
        : new String[] {"series", x.label(), y.label()};
  }

  private boolean errors() {
    return series.stream().anyMatch(Series::hasErrors);
  }

  @Override
  public void csvRows(CsvRows rows) {
    for (Series s : series) {
      for (int i = 0; i < s.size(); i++) {
        if (errors()) {
          rows.row(s.name(), s.x(i), s.y(i), s.error(i));
        } else {
          rows.row(s.name(), s.x(i), s.y(i));
        }
      }
    }
  }
}
