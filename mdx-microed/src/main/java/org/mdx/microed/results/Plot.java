package org.mdx.microed.results;

import java.util.List;

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
  static String svg(
      List<CrystalResult.Point> points, double low, double high, double line, String label) {
    StringBuilder out = new StringBuilder();
    out.append("<svg class=\"plot\" role=\"img\" width=\"")
        .append(WIDTH)
        .append("\" height=\"")
        .append(HEIGHT)
        .append("\" viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT)
        .append("\"><title>")
        .append(HtmlPage.escape(label))
        .append("</title>");
    if (!Double.isNaN(line)) {
      String y = Cells.fixed(y(line, low, high), 1);
      out.append("<line class=\"limit\" x1=\"0\" x2=\"" + WIDTH + "\" y1=\"")
          .append(y)
          .append("\" y2=\"")
          .append(y)
          .append("\"/>");
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
    return out.append("<polyline points=\"").append(path).append("\"/></svg>").toString();
  }

  private static double y(double value, double low, double high) {
    double part = high > low ? (value - low) / (high - low) : 0.5;
    return HEIGHT - MARGIN - Math.max(0, Math.min(1, part)) * (HEIGHT - 2 * MARGIN);
  }
}
