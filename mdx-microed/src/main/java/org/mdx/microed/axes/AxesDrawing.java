package org.mdx.microed.axes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Axes of a crystal drawn on its picture, as one sees them looking along the beam: lengths are
 * those of the unit directions, foreshortened; one that points out of the picture ends in a ring
 * with a dot, one that points into it in a ring with a cross.
 *
 * @param tilt rotation angle at which the picture was taken, degrees
 * @param turn by which the picture is turned against the diffraction pattern, clockwise, degrees
 */
public record AxesDrawing(double tilt, double turn) {
  private static final Color[] COLOURS = {
    new Color(214, 39, 40), new Color(44, 160, 44), new Color(31, 119, 180),
    new Color(255, 127, 14), new Color(148, 103, 189), new Color(23, 190, 207)
  };

  /** Below this length in the picture an arrow has no direction. */
  private static final double POINT = 0.12;

  public AxesDrawing {
    if (!Double.isFinite(tilt) || !Double.isFinite(turn)) {
      throw new IllegalArgumentException("tilt " + tilt + ", turn " + turn + ", must be numbers");
    }
  }

  /**
   * A direction in the picture.
   *
   * @param x to the right, part of the unit direction
   * @param y downwards
   * @param towards out of the picture, towards the source
   */
  public record Projected(double x, double y, double towards) {}

  /**
   * Where directions point in the picture. Columns rise along the detector's fast axis and rows
   * along its slow axis, before the turn.
   *
   * @param geometry with a crystal
   * @param directions of the lattice
   * @return unit directions, one for each
   * @throws IllegalStateException if there is no crystal
   */
  public List<Projected> project(Geometry geometry, List<AxisDirection> directions) {
    Mat3 ub = geometry.ub(tilt);
    Panel panel = geometry.detector().panels().get(0);
    Vec3 beam = geometry.beam().direction().unit();
    double c = Math.cos(Math.toRadians(turn));
    double s = Math.sin(Math.toRadians(turn));
    return directions.stream()
        .map(
            d -> {
              Vec3 v = d.in(ub).unit();
              double x = v.dot(panel.fast());
              double y = v.dot(panel.slow());
              return new Projected(x * c - y * s, x * s + y * c, v.dot(beam));
            })
        .toList();
  }

  /**
   * Draws the axes.
   *
   * @param picture of the crystal; it stays as it is
   * @param geometry with a crystal
   * @param directions of the lattice
   * @return a picture of the same size
   * @throws IllegalStateException if there is no crystal
   */
  public BufferedImage draw(
      BufferedImage picture, Geometry geometry, List<AxisDirection> directions) {
    int w = picture.getWidth();
    int h = picture.getHeight();
    BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.drawImage(picture, 0, 0, null);
    double size = Math.min(w, h);
    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, (int) Math.max(9, size / 22)));
    List<Projected> all = project(geometry, directions);
    for (int i = 0; i < all.size(); i++) {
      g.setColor(COLOURS[i % COLOURS.length]);
      arrow(g, all.get(i), directions.get(i).name(), w / 2.0, h / 2.0, 0.38 * size);
    }
    g.dispose();
    return out;
  }

  private static void arrow(
      Graphics2D g, Projected p, String name, double x0, double y0, double length) {
    double x = x0 + length * p.x();
    double y = y0 + length * p.y();
    double inPicture = Math.hypot(p.x(), p.y());
    float width = (float) Math.max(1.5, length / 70);
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double head = length / 14;
    if (inPicture < POINT) {
      g.draw(new Ellipse2D.Double(x0 - head, y0 - head, 2 * head, 2 * head));
      if (p.towards() > 0) {
        g.fill(new Ellipse2D.Double(x0 - head / 3, y0 - head / 3, 2 * head / 3, 2 * head / 3));
      } else {
        double r = head / Math.sqrt(2);
        g.draw(new Line2D.Double(x0 - r, y0 - r, x0 + r, y0 + r));
        g.draw(new Line2D.Double(x0 - r, y0 + r, x0 + r, y0 - r));
      }
      g.drawString(name, (float) (x0 + 1.5 * head), (float) (y0 - 1.2 * head));
      return;
    }
    g.draw(new Line2D.Double(x0, y0, x, y));
    double ux = p.x() / inPicture;
    double uy = p.y() / inPicture;
    Path2D tip = new Path2D.Double();
    tip.moveTo(x + head * ux, y + head * uy);
    tip.lineTo(x - head * uy / 2, y + head * ux / 2);
    tip.lineTo(x + head * uy / 2, y - head * ux / 2);
    tip.closePath();
    g.fill(tip);
    g.drawString(name, (float) (x + 2 * head * ux), (float) (y + 2 * head * uy));
  }
}
