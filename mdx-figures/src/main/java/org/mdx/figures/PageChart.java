package org.mdx.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mdx.figures.axes.ChartAxis;

/** A chart as the data of a page's script: one x for all series, gaps where a series has none. */
final class PageChart {
  private PageChart() {}

  static String json(Panel panel) {
    if (panel instanceof LineChart l) {
      String bands =
          l.bands().stream()
              .map(b -> "[" + number(b.from()) + "," + number(b.to()) + "]")
              .collect(Collectors.joining(",", "[", "]"));
      return object(
          l.x(), l.y(), "\"bands\":" + bands + ",\"square\":" + l.isSquare(), l.series(), null);
    }
    BarChart b = (BarChart) panel;
    return object(b.x(), b.y(), "\"bands\":[]", b.lines(), b);
  }

  private static String object(
      ChartAxis x, ChartAxis y, String look, List<Series> series, BarChart bars) {
    double[] at = places(series, bars);
    List<String> parts = new ArrayList<>();
    if (bars != null) {
      parts.add(bars(bars, at));
    }
    for (Series s : series) {
      parts.add(series(s, at, y.logarithmic()));
    }
    String places = Arrays.stream(at).mapToObj(PageChart::number).collect(Collectors.joining(","));
    return "{\"x\":"
        + axis(x)
        + ",\"y\":"
        + axis(y)
        + ","
        + look
        + ",\"at\":["
        + places
        + "],\"series\":["
        + String.join(",", parts)
        + "]}";
  }

  /** All x at which a series has a number; those of gaps alone would stretch the axis. */
  private static double[] places(List<Series> series, BarChart bars) {
    IntStream none = IntStream.empty();
    double[] all =
        bars == null
            ? none.asDoubleStream().toArray()
            : IntStream.rangeClosed(0, bars.bars()).mapToDouble(bars::edge).toArray();
    List<double[]> parts = new ArrayList<>();
    parts.add(all);
    for (Series s : series) {
      parts.add(IntStream.range(0, s.size()).mapToDouble(s::x).toArray());
    }
    return parts.stream().flatMapToDouble(Arrays::stream).sorted().distinct().toArray();
  }

  private static String axis(ChartAxis a) {
    return "{\"label\":"
        + text(a.label())
        + ",\"min\":"
        + number(a.min())
        + ",\"max\":"
        + number(a.max())
        + ",\"log\":"
        + a.logarithmic()
        + "}";
  }

  private static String bars(BarChart b, double[] at) {
    double[] y = new double[at.length];
    int bar = -1;
    for (int i = 0; i < at.length; i++) {
      while (bar + 1 < b.bars() && at[i] >= b.edge(bar + 1)) {
        bar++;
      }
      boolean inside = bar >= 0 && at[i] <= b.edge(b.bars());
      y[i] = inside ? b.height(bar) : Double.NaN;
    }
    return "{\"name\":"
        + text(b.name())
        + ",\"group\":"
        + text(b.name())
        + ",\"style\":\"bars\",\"y\":"
        + numbers(y)
        + "}";
  }

  private static String series(Series s, double[] at, boolean logarithmic) {
    double[] y = new double[at.length];
    double[] e = new double[at.length];
    Arrays.fill(y, Double.NaN);
    Arrays.fill(e, Double.NaN);
    boolean gaps = false;
    for (int i = 0; i < s.size(); i++) {
      int place = Arrays.binarySearch(at, s.x(i));
      boolean shown = !(logarithmic && s.y(i) <= 0);
      y[place] = shown ? s.y(i) : Double.NaN;
      e[place] = s.error(i);
      gaps |= Double.isNaN(y[place]);
    }
    return "{\"name\":"
        + text(s.name())
        + ",\"group\":"
        + text(s.group())
        + ",\"style\":\""
        + s.style().name().toLowerCase(java.util.Locale.ROOT)
        + "\",\"joined\":"
        + !gaps
        + ",\"y\":"
        + numbers(y)
        + (s.hasErrors() ? ",\"errors\":" + numbers(e) : "")
        + "}";
  }

  private static String numbers(double[] values) {
    return Arrays.stream(values)
        .mapToObj(PageChart::number)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String number(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) ? "null" : Double.toString(value);
  }

  static String text(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c == 0x2028 || c == 0x2029) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
