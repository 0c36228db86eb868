package org.mdx.mask;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.PixelRectangle;

/**
 * Pixels of one panel to leave out. Coordinates count pixels along fast (x) and slow (y) from the
 * corner of the first pixel, whose index is (0, 0). A part of a region that lies beyond the panel
 * is no matter.
 */
public sealed interface MaskRegion {

  /**
   * Which panel it is on.
   *
   * @return index of the panel, from 0
   */
  int panel();

  /**
   * The pixels of the region.
   *
   * @param width columns of the panel
   * @param height rows of the panel
   * @return bit iy·width + ix is set for a pixel of the region
   */
  BitSet pixels(int width, int height);

  /**
   * The pixels (ix, iy) with (ix − x)² + (iy − y)² &lt; r²: it is the first corner of a pixel that
   * must lie inside.
   *
   * @param panel index of the panel
   * @param x centre along fast
   * @param y centre along slow
   * @param radius r in pixels, above 0
   */
  record Circle(int panel, double x, double y, double radius) implements MaskRegion {

    public Circle {
      if (!(radius > 0 && Double.isFinite(x + y + radius))) {
        throw new IllegalArgumentException(
            "circle around " + x + ", " + y + " of radius " + radius + " pixels, must be above 0");
      }
    }

    @Override
    public BitSet pixels(int width, int height) {
      BitSet inside = new BitSet(width * height);
      for (int iy = 0; iy < height; iy++) {
        for (int ix = 0; ix < width; ix++) {
          if ((ix - x) * (ix - x) + (iy - y) * (iy - y) < radius * radius) {
            inside.set(iy * width + ix);
          }
        }
      }
      return inside;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "circle %d:%s,%s,%s", panel, text(x), text(y), text(radius));
    }
  }

  /**
   * A rectangle.
   *
   * @param panel index of the panel
   * @param rectangle the pixels, at least one
   */
  record Rectangle(int panel, PixelRectangle rectangle) implements MaskRegion {

    public Rectangle {
      if (rectangle.x0() >= rectangle.x1() || rectangle.y0() >= rectangle.y1()) {
        throw new IllegalArgumentException(
            "rectangle "
                + text(rectangle)
                + " has no pixel: give the first column, the column after the last, the first row,"
                + " the row after the last");
      }
    }

    @Override
    public BitSet pixels(int width, int height) {
      BitSet inside = new BitSet(width * height);
      int x0 = Math.max(0, rectangle.x0());
      int x1 = Math.min(width, rectangle.x1());
      for (int iy = Math.max(0, rectangle.y0());
          iy < Math.min(height, rectangle.y1()) && x0 < x1;
          iy++) {
        inside.set(iy * width + x0, iy * width + x1);
      }
      return inside;
    }

    @Override
    public String toString() {
      return "rectangle " + panel + ":" + text(rectangle);
    }

    private static String text(PixelRectangle r) {
      return r.x0() + "," + r.x1() + "," + r.y0() + "," + r.y1();
    }
  }

  /**
   * A corner of a polygon.
   *
   * @param x coordinate along fast
   * @param y coordinate along slow
   */
  record Vertex(double x, double y) {}

  /**
   * The pixels whose centre lies inside a polygon by the even-odd rule: a ray from it to rising x
   * crosses an odd number of edges. Edges may cross each other.
   *
   * @param panel index of the panel
   * @param vertices the corners in order, at least 3; the last is joined to the first
   */
  record Polygon(int panel, List<Vertex> vertices) implements MaskRegion {

    public Polygon {
      vertices = List.copyOf(vertices);
      if (vertices.size() < 3) {
        throw new IllegalArgumentException(
            "polygon of " + vertices.size() + " corners, must be 3 or more");
      }
      for (Vertex v : vertices) {
        if (!Double.isFinite(v.x() + v.y())) {
          throw new IllegalArgumentException("polygon with a corner at " + v.x() + ", " + v.y());
        }
      }
    }

    @Override
    public BitSet pixels(int width, int height) {
      BitSet inside = new BitSet(width * height);
      double top = vertices.stream().mapToDouble(Vertex::y).min().orElseThrow();
      double bottom = vertices.stream().mapToDouble(Vertex::y).max().orElseThrow();
      int end = (int) Math.min(height, Math.ceil(bottom));
      for (int iy = (int) Math.max(0, Math.floor(top)); iy < end; iy++) {
        for (int ix = 0; ix < width; ix++) {
          if (contains(ix + 0.5, iy + 0.5)) {
            inside.set(iy * width + ix);
          }
        }
      }
      return inside;
    }

    private boolean contains(double x, double y) {
      boolean odd = false;
      Vertex before = vertices.get(vertices.size() - 1);
      for (Vertex v : vertices) {
        if (v.y > y != before.y > y && x < (before.x - v.x) * (y - v.y) / (before.y - v.y) + v.x) {
          odd = !odd;
        }
        before = v;
      }
      return odd;
    }

    @Override
    public String toString() {
      StringBuilder s = new StringBuilder("polygon ").append(panel);
      char separator = ':';
      for (Vertex v : vertices) {
        s.append(separator).append(text(v.x)).append(',').append(text(v.y));
        separator = ',';
      }
      return s.toString();
    }
  }

  /**
   * One pixel.
   *
   * @param panel index of the panel
   * @param x column
   * @param y row
   */
  record Pixel(int panel, int x, int y) implements MaskRegion {

    @Override
    public BitSet pixels(int width, int height) {
      BitSet inside = new BitSet();
      if (x >= 0 && x < width && y >= 0 && y < height) {
        inside.set(y * width + x);
      }
      return inside;
    }

    @Override
    public String toString() {
      return "pixel " + panel + ":" + x + "," + y;
    }
  }

  /**
   * All of a panel.
   *
   * @param panel index of the panel
   */
  record WholePanel(int panel) implements MaskRegion {

    @Override
    public BitSet pixels(int width, int height) {
      BitSet inside = new BitSet(width * height);
      inside.set(0, width * height);
      return inside;
    }

    @Override
    public String toString() {
      return "panel " + panel;
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
