package org.mdx.io.sim;

import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Panel;

/** One picture of all panels, each at its place; what is between them reads −1. */
final class WholeImage {
  private final List<Panel> panels;
  private final int[][] images;
  private final int width;
  private final int height;

  WholeImage(List<Panel> panels) {
    this.panels = panels;
    images = new int[panels.size()][];
    int right = 0;
    int bottom = 0;
    for (int p = 0; p < images.length; p++) {
      Panel panel = panels.get(p);
      images[p] = new int[panel.width() * panel.height()];
      right = Math.max(right, panel.imageX() + panel.width());
      bottom = Math.max(bottom, panel.imageY() + panel.height());
    }
    width = right;
    height = bottom;
  }

  /** Images of the panels, to be filled. */
  int[][] panels() {
    return images;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** All of them in one; the image itself if there is one panel. */
  int[] joined() {
    if (images.length == 1) {
      return images[0];
    }
    int[] whole = new int[Math.multiplyExact(width, height)];
    Arrays.fill(whole, -1);
    for (int p = 0; p < images.length; p++) {
      Panel panel = panels.get(p);
      for (int y = 0; y < panel.height(); y++) {
        System.arraycopy(
            images[p],
            y * panel.width(),
            whole,
            (panel.imageY() + y) * width + panel.imageX(),
            panel.width());
      }
    }
    return whole;
  }
}
