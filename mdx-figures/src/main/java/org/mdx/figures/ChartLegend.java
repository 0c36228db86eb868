package org.mdx.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a chart's series with their colours, in as many rows as the width asks for. A group
 * of series, such as a curve and its control points, has one entry.
 */
final class ChartLegend {
  private static final Color INK = new Color(0x222222);
  private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  private record Entry(String name, Series.Style style, Color colour) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<List<Entry>> rows = new ArrayList<>();
  private final int width;
  private final double unit;
  private final Font font;

  /** A chart of one series needs no legend, but one of which no other has a value does. */
  ChartLegend(Panel panel, int width) {
    this.width = width;
    unit = ChartPainter.unit(width);
    font = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(16 * unit));
    if (panel instanceof BarChart b) {
      entries.add(new Entry(b.name(), null, ChartPainter.BAR));
    }
    List<Series> series = ChartPainter.series(panel);
    for (int i = 0; i < series.size(); i++) {
      Series s = series.get(i);
      boolean first = series.subList(0, i).stream().noneMatch(t -> t.group().equals(s.group()));
      if (first && s.finite() > 0) {
        entries.add(new Entry(s.group(), s.style(), ChartPainter.colour(panel, s)));
      }
    }
    if (entries.size() > 1 || series.size() > 1 && !entries.isEmpty()) {
      arrange();
    }
  }

  private void arrange() {
    List<Entry> row = new ArrayList<>();
    double used = 0;
    for (Entry e : entries) {
      double w = width(e);
      if (!row.isEmpty() && used + w > width) {
        rows.add(row);
        row = new ArrayList<>();
        used = 0;
      }
      row.add(e);
      used += w;
    }
    rows.add(row);
  }

  /** With the sample before the name and the gap behind it. */
  private double width(Entry e) {
    return 56 * unit + textWidth(e.name());
  }

  private double textWidth(String text) {
    try {
      return font.getStringBounds(text, MEASURE).getWidth();
    } catch (LinkageError | InternalError | RuntimeException e) {
      return 8.5 * unit * text.length(); // a machine without fonts
    }
  }

  /** Pixels that it takes; 0 where one series needs no name. */
  int height() {
    return (int) Math.ceil(rows.size() * 24 * unit);
  }

  /** Paints it below a line. */
  void paint(Graphics2D g, double top) {
    Labels labels = new Labels(g);
    double y = top;
    for (List<Entry> row : rows) {
      double x = (width - row.stream().mapToDouble(this::width).sum()) / 2 + 10 * unit;
      for (Entry e : row) {
        sample(g, e, x, y + 11 * unit);
        g.setColor(INK);
        labels.leftAligned(e.name(), font, x + 32 * unit, y + 17 * unit);
        x += width(e);
      }
      y += 24 * unit;
    }
  }

  private void sample(Graphics2D g, Entry e, double x, double y) {
    double w = 25 * unit;
    double r = 3.5 * unit;
    g.setColor(e.colour());
    g.setStroke(new BasicStroke(1.8f));
    if (e.style() == null) {
      g.fill(new Rectangle2D.Double(x, y - 5 * unit, w, 10 * unit));
      return;
    }
    switch (e.style()) {
      case POINTS, DOTS -> g.fill(new Ellipse2D.Double(x + w / 2 - r, y - r, 2 * r, 2 * r));
      case CROSSES -> {
        g.draw(new Line2D.Double(x + w / 2 - r, y - r, x + w / 2 + r, y + r));
        g.draw(new Line2D.Double(x + w / 2 - r, y + r, x + w / 2 + r, y - r));
      }
      case DASHED -> {
        g.setStroke(ChartPainter.BROKEN);
        g.draw(new Line2D.Double(x, y, x + w, y));
      }
      default -> g.draw(new Line2D.Double(x, y, x + w, y));
    }
  }
}
