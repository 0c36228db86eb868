package org.mdx.microed.results;

import java.util.List;
import org.mdx.markup.Html;

/** A small line plot as SVG, of one colour, that takes its ink from the page. */
final class Plot {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 40;
  private static final int MARGIN = 3;

  private Plot() {}

  /**
   * A line through points.
   *
   * @param points in the order of x
   * @param low y at the lower edge
   * @param high y at the upper edge; below it what is higher is cut
   * @param line y of a horizontal line; NaN for none
   * @param label what a reader hears or sees when pointing at it
   */
  static Html svg(
      List<CrystalResult.Point> points, double low, double high, double line, String label) {
    Html out = Html.part();
    out.open(
        "svg",
        "class",
        "plot",
        "role",
        "img",
        "width",
        Integer.toString(WIDTH),
        "height",
        Integer.toString(HEIGHT),
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT);
    out.element("title", label);
    if (!Double.isNaN(line)) {
      String y = Cells.fixed(y(line, low, high), 1);
      out.empty(
          "line", "class", "limit", "x1", "0", "x2", Integer.toString(WIDTH), "y1", y, "y2", y);
    }
    double from = points.get(0).x();
    double width = points.get(points.size() - 1).x() - from;
    StringBuilder path = new StringBuilder();
    for (CrystalResult.Point p : points) {
      double x = width == 0 ? WIDTH / 2.0 : MARGIN + (p.x() - from) / width * (WIDTH - 2 * MARGIN);
      path.append(path.length() == 0 ? "" : " ")
          .append(Cells.fixed(x, 1))
          .append(',')
          .append(Cells.fixed(y(p.y(), low, high), 1));
    }
    return out.empty("polyline", "points", path.toString()).close();
  }

  private static double y(double value, double low, double high) {
    double part = high > low ? (value - low) / (high - low) : 0.5;
    return HEIGHT - MARGIN - Math.max(0, Math.min(1, part)) * (HEIGHT - 2 * MARGIN);
  }
}
