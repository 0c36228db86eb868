package org.mdx.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.figures.axes.PlaneGeometry;
import org.mdx.figures.axes.Ticks;

/**
 * Paints a panel of colours with ticks along its axes and a bar of colours. Each pixel shows the
 * cell that it lies in, so what is seen is what was measured. Where the machine has no fonts,
 * labels are left out.
 */
final class RasterPainter {
  private static final Color INK = new Color(0x222222);
  private static final int MOST_TICKS = 11;
  private static final double STRETCHED = 0.62;

  private final Raster raster;
  private final double[] box;
  private final double unit;
  private final int left;
  private final int top;
  private final int bottom;
  private final int barGap;
  private final int barWidth;
  private final int tick;
  private final int width;
  private final int height;
  private final Font text;
  private final Font name;

  RasterPainter(Raster raster, int panelWidth) {
    this.raster = raster;
    unit = Math.max(0.6, Math.min(1, panelWidth / 900.0));
    box = raster.bounds();
    left = (int) (84 * unit);
    top = (int) (raster.title().isEmpty() ? 44 * unit : 66 * unit);
    bottom = (int) (78 * unit);
    barGap = (int) (26 * unit);
    barWidth = (int) (22 * unit);
    tick = (int) Math.ceil(7 * unit);
    int right =
        raster.colours() == null ? (int) (20 * unit) : barGap + barWidth + (int) (74 * unit);
    int room = panelWidth - left - right;
    double across = box[1] - box[0];
    double up = box[3] - box[2];
    if (raster.hasEqualUnits()) {
      double pixels = room / Math.max(across, up);
      width = Math.max(1, (int) Math.round(across * pixels));
      height = Math.max(1, (int) Math.round(up * pixels));
    } else {
      width = room;
      height = (int) Math.round(room * STRETCHED);
    }
    text = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(17 * unit));
    name = new Font(Font.SANS_SERIF, Font.ITALIC, (int) Math.round(20 * unit));
  }

  /** Height of the panel with its labels. */
  int height() {
    return top + height + bottom;
  }

  /** Where the colours begin and how large they are: x, y, width, height. */
  int[] place() {
    return new int[] {left, top, width, height};
  }

  void paint(Graphics2D g) {
    g.drawImage(colours(), left, top, null);
    g.setColor(INK);
    g.setStroke(new BasicStroke((float) (1.2 * unit)));
    g.draw(new Rectangle2D.Double(left, top, width, height));
    Labels labels = new Labels(g);
    Font title = new Font(Font.SANS_SERIF, Font.PLAIN, (int) Math.round(19 * unit));
    labels.centred(raster.title(), title, left + width / 2.0, top - 34 * unit);
    if (raster instanceof Plane plane) {
      indices(g, labels, plane.geometry());
    } else if (raster instanceof Heat heat) {
      axes(g, labels, heat);
    } else {
      pixels(g, labels);
    }
    if (raster.colours() != null) {
      bar(g, labels);
    }
  }

  private BufferedImage colours() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      double y = box[3] - (row + 0.5) * (box[3] - box[2]) / height;
      for (int column = 0; column < width; column++) {
        double x = box[0] + (column + 0.5) * (box[1] - box[0]) / width;
        image.setRGB(column, row, raster.rgb(x, y));
      }
    }
    return image;
  }

  private double column(double x) {
    return left + (x - box[0]) / (box[1] - box[0]) * width;
  }

  private double row(double y) {
    return top + (box[3] - y) / (box[3] - box[2]) * height;
  }

  /** Ticks where the lines of constant index leave the picture at the bottom and at the left. */
  private void indices(Graphics2D g, Labels labels, PlaneGeometry geometry) {
    Ticks across =
        Ticks.of(geometry.u(box[0], box[2]), geometry.u(box[1], box[2]), ticks(width), 1);
    double slant = tick * geometry.x2() / geometry.y2();
    double foot = top + height;
    for (long i = across.first(); i <= across.last(); i++) {
      double x = column(geometry.x(across.value(i), geometry.v(box[2])));
      g.draw(new Line2D.Double(x, foot, x - slant, foot + tick));
      labels.centred(across.label(i), text, x - slant, foot + tick + 19 * unit);
    }
    labels.centred(
        Plane.name(geometry.across()), name, left + width / 2.0, foot + tick + 48 * unit);
    Ticks up = Ticks.of(geometry.v(box[2]), geometry.v(box[3]), ticks(height), 1);
    for (long i = up.first(); i <= up.last(); i++) {
      upTick(g, labels, row(geometry.y(up.value(i))), up.label(i));
    }
    labels.centred(Plane.name(geometry.up()), name, 18 * unit, top + height / 2.0 + 7 * unit);
  }

  private void axes(Graphics2D g, Labels labels, Heat heat) {
    double power = power(box[0], box[1]);
    Ticks across = Ticks.of(box[0] / power, box[1] / power, ticks(width), 0);
    acrossTicks(g, labels, across, power);
    labels.centred(
        label(heat.xAxis(), power), name, left + width / 2.0, top + height + tick + 48 * unit);
    int sign = heat.isDownwards() ? -1 : 1;
    double low = Math.min(sign * box[2], sign * box[3]);
    double high = Math.max(sign * box[2], sign * box[3]);
    double upPower = power(low, high);
    Ticks up = Ticks.of(low / upPower, high / upPower, ticks(height), 0);
    for (long i = up.first(); i <= up.last(); i++) {
      upTick(g, labels, row(sign * up.value(i) * upPower), up.label(i));
    }
    Graphics2D turned = (Graphics2D) g.create();
    turned.translate(16 * unit, top + height / 2.0);
    turned.rotate(-Math.PI / 2);
    new Labels(turned).centred(label(heat.yAxis(), upPower), name, 0, 4 * unit);
    turned.dispose();
  }

  /** A power of ten that makes the labels of an axis short. */
  private static double power(double low, double high) {
    double largest = Math.max(Math.abs(low), Math.abs(high));
    return largest >= 1e5 || largest < 1e-3
        ? Math.pow(10, 3 * Math.floor(Math.log10(largest) / 3))
        : 1;
  }

  private static String label(ChartAxis axis, double power) {
    return power == 1
        ? axis.label()
        : String.format(Locale.ROOT, "%s / 1e%d", axis.label(), Math.round(Math.log10(power)));
  }

  private void pixels(Graphics2D g, Labels labels) {
    acrossTicks(g, labels, Ticks.of(box[0], box[1], ticks(width), 1), 1);
    Ticks down = Ticks.of(0, -box[2], ticks(height), 1);
    for (long i = down.first(); i <= down.last(); i++) {
      upTick(g, labels, row(-down.value(i)), down.label(i));
    }
  }

  private void acrossTicks(Graphics2D g, Labels labels, Ticks across, double power) {
    double foot = top + height;
    for (long i = across.first(); i <= across.last(); i++) {
      double x = column(across.value(i) * power);
      g.draw(new Line2D.Double(x, foot, x, foot + tick));
      labels.centred(across.label(i), text, x, foot + tick + 19 * unit);
    }
  }

  private void upTick(Graphics2D g, Labels labels, double row, String label) {
    g.draw(new Line2D.Double(left - tick, row, left, row));
    labels.rightAligned(label, text, left - tick - 5 * unit, row + 6 * unit);
  }

  private void bar(Graphics2D g, Labels labels) {
    int x = left + width + barGap;
    BufferedImage bar = new BufferedImage(barWidth, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      int rgb = raster.colours().map().rgb((height - row - 0.5) / height);
      for (int column = 0; column < barWidth; column++) {
        bar.setRGB(column, row, rgb);
      }
    }
    g.drawImage(bar, x, top, null);
    g.draw(new Rectangle2D.Double(x, top, barWidth, height));
    ColourScale scale = raster.scale();
    int exponent = exponent(scale);
    double power = Math.pow(10, exponent);
    double edge = x + barWidth;
    Ticks ticks = Ticks.of(scale.min() / power, scale.max() / power, ticks(height), 0);
    for (long i = ticks.first(); i <= ticks.last(); i++) {
      double row = top + height * (1 - scale.fraction(ticks.value(i) * power));
      g.draw(new Line2D.Double(edge, row, edge + tick, row));
      labels.leftAligned(ticks.label(i), text, edge + tick + 4 * unit, row + 6 * unit);
    }
    String label = raster.colours().label().replace('_', ' ');
    label = exponent == 0 ? label : String.format(Locale.ROOT, "%s / 1e%d", label, exponent);
    labels.over(label, text, x, x + barWidth + 70 * unit, top - 12 * unit);
  }

  /** The power of ten that makes the labels short: 0, or a multiple of 3. */
  private static int exponent(ColourScale scale) {
    double largest = Math.max(Math.abs(scale.min()), Math.abs(scale.max()));
    int e = 3 * (int) Math.floor(Math.log10(largest) / 3);
    return Math.abs(e) < 3 || e == -3 && largest >= 0.02 ? 0 : e;
  }

  private int ticks(int pixels) {
    return Math.max(2, (int) (MOST_TICKS * pixels / (900 * unit)));
  }
}
