package org.mdx.cli.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Panel;
import org.mdx.image.PixelMask;

/**
 * A picture of a mask: the image in grey, darker for more counts, what the detector marks as
 * unusable in blue, what the mask leaves out in red. One pixel of the detector is one of the
 * picture; panels lie as in the image file, or below each other if it does not tell.
 */
public final class MaskPlot {
  private static final int GAP = 4;

  /** Fraction of the pixels that are darker than the darkest grey. */
  private static final double SATURATED = 0.001;

  private MaskPlot() {}

  /**
   * Draws a mask.
   *
   * @param panels panels of the detector
   * @param masks a mask for each
   * @param image pixels of each panel in row order, below 0 where unusable; or null for none
   * @return an opaque image
   */
  public static BufferedImage draw(List<Panel> panels, List<PixelMask> masks, int[][] image) {
    List<Rectangle> places = places(panels);
    Rectangle all = new Rectangle(places.get(0));
    places.forEach(all::add);
    BufferedImage picture =
        new BufferedImage(all.x + all.width, all.y + all.height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.LIGHT_GRAY);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    g.dispose();
    double darkest = image == null ? 1 : darkest(image);
    for (int p = 0; p < panels.size(); p++) {
      PixelMask mask = masks.get(p);
      for (int iy = 0; iy < mask.height(); iy++) {
        for (int ix = 0; ix < mask.width(); ix++) {
          int value = image == null ? 0 : image[p][iy * mask.width() + ix];
          picture.setRGB(
              places.get(p).x + ix,
              places.get(p).y + iy,
              colour(value, darkest, mask.isMasked(ix, iy)));
        }
      }
    }
    return picture;
  }

  private static List<Rectangle> places(List<Panel> panels) {
    List<Rectangle> places = new ArrayList<>();
    for (Panel p : panels) {
      Rectangle place = new Rectangle(p.imageX(), p.imageY(), p.width(), p.height());
      if (p.imageX() < 0 || p.imageY() < 0 || places.stream().anyMatch(place::intersects)) {
        return stacked(panels);
      }
      places.add(place);
    }
    return places;
  }

  private static List<Rectangle> stacked(List<Panel> panels) {
    List<Rectangle> places = new ArrayList<>();
    int y = 0;
    for (Panel p : panels) {
      places.add(new Rectangle(0, y, p.width(), p.height()));
      y += p.height() + GAP;
    }
    return places;
  }

  private static double darkest(int[][] image) {
    int[] sorted = Arrays.stream(image).flatMapToInt(Arrays::stream).sorted().toArray();
    return Math.max(1, sorted[(int) ((1 - SATURATED) * (sorted.length - 1))]);
  }

  private static int colour(int value, double darkest, boolean masked) {
    int light = 255 - (int) (225 * Math.min(1, Math.sqrt(Math.max(0, value) / darkest)));
    if (masked) {
      return rgb(255, light / 2, light / 2);
    }
    return value < 0 ? rgb(170, 200, 245) : rgb(light, light, light);
  }

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }
}
