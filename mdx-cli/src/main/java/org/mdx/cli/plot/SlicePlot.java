package org.mdx.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.mdx.crystal.UnitCell;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;

/**
 * A picture of one plane of a map: colours for intensities in the crystal's own geometry, grey
 * where nothing was measured, Miller indices along the axes, a colour bar. Each pixel shows the
 * voxel that it lies in, so what is seen is what was measured.
 */
public final class SlicePlot {
  private static final int LONGEST = 900;
  private static final int LEFT = 84;
  private static final int RIGHT = 150;
  private static final int TOP = 56;
  private static final int BOTTOM = 76;
  private static final int BAR_GAP = 26;
  private static final int BAR_WIDTH = 22;
  private static final int TICK = 7;
  private static final int MOST_TICKS = 11;
  private static final int UNMEASURED = 0xDADADA;
  private static final int UNMEASURED_BESIDE_WHITE = 0xB4B4B4;
  private static final Color INK = new Color(0x222222);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.ITALIC, 21);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

  private final ReciprocalMap plane;
  private final Axis normal;
  private final PlaneGeometry geometry;
  private final ColourScale scale;
  private final double left;
  private final double bottom;
  private final double pixelsPerUnit;
  private final int width;
  private final int height;

  private SlicePlot(ReciprocalMap plane, Axis normal, UnitCell cell) {
    this.plane = plane;
    this.normal = normal;
    geometry = PlaneGeometry.of(normal, cell);
    scale = ColourScale.of(plane);
    double[] box = geometry.bounds(plane);
    left = box[0];
    bottom = box[2];
    pixelsPerUnit = LONGEST / Math.max(box[1] - box[0], box[3] - box[2]);
    width = Math.max(1, (int) Math.round((box[1] - box[0]) * pixelsPerUnit));
    height = Math.max(1, (int) Math.round((box[3] - box[2]) * pixelsPerUnit));
  }

  /**
   * A picture of a plane.
   *
   * @param plane a map one voxel thick along {@code normal}
   * @param normal the index that is constant
   * @param cell the crystal's unit cell
   * @return the picture, to be drawn
   * @throws IllegalArgumentException if the map is thicker
   */
  public static SlicePlot of(ReciprocalMap plane, Axis normal, UnitCell cell) {
    if (plane.length(normal) != 1) {
      throw new IllegalArgumentException(
          "the map is "
              + plane.length(normal)
              + " voxels thick along "
              + normal
              + ", a picture shows one; take a slice first");
    }
    return new SlicePlot(plane, normal, cell);
  }

  /**
   * Draws the picture. Where the machine has no fonts, labels are left out.
   *
   * @param title written above it
   * @return an opaque image, the plane 900 pixels along its longer side
   */
  public BufferedImage draw(String title) {
    BufferedImage image =
        new BufferedImage(LEFT + width + RIGHT, TOP + height + BOTTOM, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    paintPlane(image);
    paintBar(image);
    g.setColor(INK);
    g.setStroke(new BasicStroke(1.2f));
    g.draw(new Rectangle2D.Double(LEFT, TOP, width, height));
    g.draw(new Rectangle2D.Double(LEFT + width + BAR_GAP, TOP, BAR_WIDTH, height));
    Labels labels = new Labels(g);
    labels.centred(title, TITLE, LEFT + width / 2.0, TOP - 20);
    labelAcross(g, labels);
    labelUp(g, labels);
    labelBar(g, labels);
    g.dispose();
    return image;
  }

  private void paintPlane(BufferedImage image) {
    int nu = PlaneGeometry.divisions(plane, geometry.across());
    int nv = PlaneGeometry.divisions(plane, geometry.up());
    for (int row = 0; row < height; row++) {
      double y = bottom + (height - row - 0.5) / pixelsPerUnit;
      int v = (int) Math.rint(geometry.v(y) * nv);
      for (int column = 0; column < width; column++) {
        double x = left + (column + 0.5) / pixelsPerUnit;
        float value = value((int) Math.rint(geometry.u(x, y) * nu), v);
        int rgb =
            Float.isNaN(value)
                ? (scale.diverging() ? UNMEASURED_BESIDE_WHITE : UNMEASURED)
                : ColourMap.colour(scale.fraction(value), scale.diverging());
        image.setRGB(LEFT + column, TOP + row, rgb);
      }
    }
  }

  private float value(int u, int v) {
    return switch (normal) {
      case H -> plane.value(plane.box().h0(), u, v);
      case K -> plane.value(u, plane.box().k0(), v);
      case L -> plane.value(u, v, plane.box().l0());
    };
  }

  private void paintBar(BufferedImage image) {
    for (int row = 0; row < height; row++) {
      int rgb = ColourMap.colour((height - row - 0.5) / height, scale.diverging());
      for (int column = 0; column < BAR_WIDTH; column++) {
        image.setRGB(LEFT + width + BAR_GAP + column, TOP + row, rgb);
      }
    }
  }

  /** Ticks where the lines of constant first index leave the picture at the bottom. */
  private void labelAcross(Graphics2D g, Labels labels) {
    double right = left + width / pixelsPerUnit;
    Ticks ticks = Ticks.of(geometry.u(left, bottom), geometry.u(right, bottom), ticks(width), 1);
    double slant = TICK * geometry.x2() / geometry.y2();
    double foot = TOP + height;
    for (long i = ticks.first(); i <= ticks.last(); i++) {
      double x = geometry.x(ticks.value(i), geometry.v(bottom));
      double column = LEFT + (x - left) * pixelsPerUnit;
      g.draw(new Line2D.Double(column, foot, column - slant, foot + TICK));
      labels.centred(ticks.label(i), TEXT, column - slant, foot + TICK + 19);
    }
    labels.centred(name(geometry.across()), NAME, LEFT + width / 2.0, foot + TICK + 48);
  }

  private void labelUp(Graphics2D g, Labels labels) {
    double top = bottom + height / pixelsPerUnit;
    Ticks ticks = Ticks.of(geometry.v(bottom), geometry.v(top), ticks(height), 1);
    for (long i = ticks.first(); i <= ticks.last(); i++) {
      double row = TOP + height - (geometry.y(ticks.value(i)) - bottom) * pixelsPerUnit;
      g.draw(new Line2D.Double(LEFT - TICK, row, LEFT, row));
      labels.rightAligned(ticks.label(i), TEXT, LEFT - TICK - 5, row + 6);
    }
    labels.centred(name(geometry.up()), NAME, LEFT - 62, TOP + height / 2.0 + 7);
  }

  private void labelBar(Graphics2D g, Labels labels) {
    int exponent = scale.exponent();
    double unit = Math.pow(10, exponent);
    double edge = LEFT + width + BAR_GAP + BAR_WIDTH;
    Ticks ticks = Ticks.of(scale.min() / unit, scale.max() / unit, ticks(height), 0);
    for (long i = ticks.first(); i <= ticks.last(); i++) {
      double row = TOP + height * (1 - scale.fraction(ticks.value(i) * unit));
      g.draw(new Line2D.Double(edge, row, edge + TICK, row));
      labels.leftAligned(ticks.label(i), TEXT, edge + TICK + 5, row + 6);
    }
    String name = plane.name().replace('_', ' ');
    String label = exponent == 0 ? name : String.format(Locale.ROOT, "%s / 1e%d", name, exponent);
    labels.rightAligned(label, TEXT, LEFT + width + RIGHT - 12, TOP - 20);
  }

  private static int ticks(int pixels) {
    return Math.max(2, MOST_TICKS * pixels / LONGEST);
  }

  private static String name(Axis axis) {
    return axis.name().toLowerCase(Locale.ROOT);
  }
}
