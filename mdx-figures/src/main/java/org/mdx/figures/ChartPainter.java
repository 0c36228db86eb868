package org.mdx.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.mdx.figures.axes.ChartAxis;

/** Charts of lines and bars by XChart. */
final class ChartPainter {

  /** Colours of series, distinct for most people: M. Okabe and K. Ito, 2008, without the yellow. */
  static final int[] COLOURS = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x444444, 0x882255
  };

  private static final Color BAND = new Color(0xEFEFEF);
  static final Color BAR = new Color(0xB5D0E6);
  private static final Color INK = new Color(0x222222);
  static final BasicStroke BROKEN =
      new BasicStroke(
          1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0);

  private final XYChart chart;
  private final double[] x;
  private final double[] y;
  private int number;

  private ChartPainter(XYChart chart, double[] x, double[] y) {
    this.chart = chart;
    this.x = x;
    this.y = y;
  }

  /** How large letters are in a chart of a width. */
  static double unit(int width) {
    return Math.max(0.72, Math.min(1, width / 900.0));
  }

  /** Lines and points of a chart. */
  static List<Series> series(Panel panel) {
    return panel instanceof LineChart l ? l.series() : ((BarChart) panel).lines();
  }

  /** The colour of a series: that of the first of its group. */
  static Color colour(Panel panel, Series series) {
    List<String> groups = series(panel).stream().map(Series::group).distinct().toList();
    int first = panel instanceof LineChart ? 0 : 1;
    return new Color(COLOURS[(first + groups.indexOf(series.group())) % COLOURS.length]);
  }

  /** Height of a chart with its legend. */
  static int height(Panel panel, int width) {
    boolean square = panel instanceof LineChart l && l.isSquare();
    return (int) Math.round((square ? 0.98 : 0.62) * width)
        + new ChartLegend(panel, width).height();
  }

  /** Paints a panel of lines or bars; only its frame if nothing of it is a number. */
  static void paint(Graphics2D g, Panel panel, int width, int rowHeight) {
    ChartLegend legend = new ChartLegend(panel, width);
    int height = Math.min(rowHeight, height(panel, width)) - legend.height();
    ChartAxis xAxis = panel instanceof LineChart l ? l.x() : ((BarChart) panel).x();
    ChartAxis yAxis = panel instanceof LineChart l ? l.y() : ((BarChart) panel).y();
    double[] x = ChartRange.x(panel);
    double[] y = ChartRange.y(panel);
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(panel.title())
            .xAxisTitle(xAxis.label())
            .yAxisTitle(yAxis.label())
            .build();
    style(chart.getStyler(), panel, unit(width));
    double[] across = widened(x, xAxis);
    double[] up = widened(y, yAxis);
    double wide = xAxis.logarithmic() ? x[0] : x[1] - x[0];
    double high = yAxis.logarithmic() ? y[0] : y[1] - y[0];
    chart.getStyler().setXAxisTickLabelsFormattingFunction(v -> number(v, wide));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(v -> number(v, high));
    chart.getStyler().setXAxisMin(across[0]).setXAxisMax(across[1]);
    chart.getStyler().setYAxisMin(up[0]).setYAxisMax(up[1]);
    chart.getStyler().setXAxisLogarithmic(xAxis.logarithmic());
    chart.getStyler().setYAxisLogarithmic(yAxis.logarithmic());
    ChartPainter painter = new ChartPainter(chart, x, y);
    painter.frame();
    if (panel instanceof LineChart l) {
      l.bands().forEach(painter::band);
    } else {
      painter.bars((BarChart) panel);
    }
    for (Series s : series(panel)) {
      painter.line(s, colour(panel, s), yAxis.logarithmic());
    }
    chart.paint(g, width, height);
    legend.paint(g, height);
  }

  /** A range that holds its own ends: XChart labels no tick that lies on the lower one. */
  private static double[] widened(double[] range, ChartAxis axis) {
    if (axis.logarithmic()) {
      return new double[] {range[0] * (1 - 1e-7), range[1] * (1 + 1e-7)};
    }
    double little = 1e-7 * (range[1] - range[0]);
    return new double[] {range[0] - little, range[1] + little};
  }

  private static void style(XYStyler s, Panel panel, double unit) {
    Font text = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(16 * unit));
    s.setLocale(Locale.ROOT);
    s.setChartBackgroundColor(Color.WHITE);
    s.setChartFontColor(INK);
    s.setChartTitleVisible(!panel.title().isEmpty());
    s.setChartTitleBoxVisible(false);
    s.setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(19 * unit)));
    s.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.ITALIC, (int) Math.round(18 * unit)));
    s.setAxisTickLabelsFont(text);
    s.setLegendVisible(false);
    s.setPlotGridLinesColor(new Color(0xDDDDDD));
    s.setPlotBorderColor(INK);
    s.setPlotContentSize(1);
    s.setPlotMargin(0);
    s.setAxisTicksLineVisible(false);
    s.setMarkerSize(small(panel) ? 3 : 6);
    s.setErrorBarsColorSeriesColor(true);
    s.setXAxisTickMarkSpacingHint((int) (86 * unit));
    s.setYAxisTickMarkSpacingHint((int) (52 * unit));
  }

  private static boolean small(Panel panel) {
    return series(panel).stream().anyMatch(s -> s.style() == Series.Style.DOTS);
  }

  /** A number of a table: four decimals, or three after the first digit. */
  static String number(double value) {
    return value == 0 ? "0" : decimal(value, 4);
  }

  /** A number as fine as its range, without noise of binary fractions and zeros at its end. */
  static String number(double value, double range) {
    if (Math.abs(value) < 1e-6 * range) {
      return "0";
    }
    return decimal(value, (int) Math.max(4, Math.min(12, 2 - Math.floor(Math.log10(range)))));
  }

  private static String decimal(double value, int digits) {
    double size = Math.abs(value);
    String plain = "%." + digits + "f";
    String text = String.format(Locale.ROOT, size >= 1e5 || size < 1e-3 ? "%.3e" : plain, value);
    return text.replaceFirst("(\\.\\d*?)0+(?=e|$)", "$1")
        .replaceFirst("\\.(?=e|$)", "")
        .replaceFirst("e([+-])0?", "e$1")
        .replace("e+", "e");
  }

  private XYSeries add(String label, XYSeriesRenderStyle style, double[] x, double[] y) {
    XYSeries s = chart.addSeries("series " + number, x, y);
    number++;
    s.setLabel(label);
    s.setXYSeriesRenderStyle(style);
    s.setMarker(SeriesMarkers.NONE);
    return s;
  }

  /**
   * An invisible line: a chart must have one, and of points that are equally far apart XChart would
   * make ticks instead of round numbers.
   */
  private void frame() {
    double[] across = {x[0], x[0] + (Math.sqrt(2) - 1) * (x[1] - x[0]), x[1]};
    XYSeries s = add("", XYSeriesRenderStyle.Line, across, new double[] {y[0], y[0], y[0]});
    s.setLineColor(new Color(0, 0, 0, 0));
  }

  private void band(LineChart.Band band) {
    double from = Math.max(band.from(), x[0]);
    double to = Math.min(band.to(), x[1]);
    if (from < to) {
      XYSeries s =
          add(
              "",
              XYSeriesRenderStyle.PolygonArea,
              new double[] {from, from, to, to},
              new double[] {y[0], y[1], y[1], y[0]});
      s.setFillColor(BAND);
      s.setLineColor(BAND);
    }
  }

  private void bars(BarChart bars) {
    int n = bars.bars();
    double[] outlineX = new double[2 * n + 2];
    double[] outlineY = new double[2 * n + 2];
    for (int i = 0; i < n; i++) {
      double h = Double.isNaN(bars.height(i)) ? y[0] : Math.max(y[0], bars.height(i));
      outlineX[2 * i + 1] = bars.edge(i);
      outlineX[2 * i + 2] = bars.edge(i + 1);
      outlineY[2 * i + 1] = h;
      outlineY[2 * i + 2] = h;
    }
    outlineX[0] = bars.edge(0);
    outlineX[2 * n + 1] = bars.edge(n);
    outlineY[0] = y[0];
    outlineY[2 * n + 1] = y[0];
    XYSeries s = add(bars.name(), XYSeriesRenderStyle.Area, outlineX, outlineY);
    s.setFillColor(BAR);
    s.setLineColor(new Color(COLOURS[0])).setLineWidth(1);
  }

  private void line(Series s, Color colour, boolean logarithmic) {
    List<double[]> kept = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      boolean shown = s.x(i) >= x[0] && s.x(i) <= x[1] && !(logarithmic && s.y(i) <= 0);
      kept.add(new double[] {s.x(i), shown ? s.y(i) : Double.NaN, s.error(i)});
    }
    if (kept.stream().allMatch(p -> Double.isNaN(p[1]))) {
      return;
    }
    double[] px = kept.stream().mapToDouble(p -> p[0]).toArray();
    double[] py = kept.stream().mapToDouble(p -> p[1]).toArray();
    boolean points = s.style() != Series.Style.LINE && s.style() != Series.Style.DASHED;
    XYSeriesRenderStyle style = points ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line;
    if (s.hasErrors()) {
      errorBars(kept, colour);
    }
    XYSeries drawn = add(s.name(), style, px, py);
    drawn.setMarker(
        s.style() == Series.Style.CROSSES
            ? SeriesMarkers.CROSS
            : points ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    drawn.setMarkerColor(colour);
    drawn.setLineColor(colour);
    drawn.setLineStyle(
        s.style() == Series.Style.DASHED
            ? BROKEN
            : new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Bars alone, of the points that have some: XChart would draw feet of bars without length. */
  private void errorBars(List<double[]> points, Color colour) {
    List<double[]> with =
        points.stream().filter(p -> !Double.isNaN(p[1]) && !Double.isNaN(p[2])).toList();
    if (with.isEmpty()) {
      return;
    }
    XYSeries bars =
        chart.addSeries(
            "series " + number,
            with.stream().mapToDouble(p -> p[0]).toArray(),
            with.stream().mapToDouble(p -> p[1]).toArray(),
            with.stream().mapToDouble(p -> p[2]).toArray());
    number++;
    bars.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    bars.setMarker(SeriesMarkers.NONE);
    bars.setMarkerColor(colour);
    bars.setLineColor(colour);
  }
}
