package org.mdx.bragg.spots;

import java.util.Arrays;
import org.mdx.bragg.internal.kernel.StrongPixels;
import org.mdx.bragg.internal.kernel.WindowExcess;
import org.mdx.bragg.spots.threshold.Thresholder;
import org.mdx.image.Pixels;

/**
 * Takes the pedestal off a panel and marks its strong pixels. Not for several threads at a time.
 */
final class PanelSearch {
  private final int width;
  private final int height;
  private final int pedestal;
  private final Thresholder thresholder;
  private final WindowExcess windows;

  /**
   * The search of a panel.
   *
   * @param pedestal whole counts to take off
   * @param windows finds what is wide and weak, or null
   */
  PanelSearch(int width, int height, int pedestal, Thresholder thresholder, WindowExcess windows) {
    this.width = width;
    this.height = height;
    this.pedestal = pedestal;
    this.thresholder = thresholder;
    this.windows = windows;
  }

  StrongPixels mark(int[] pixels, long[] bits) {
    if (pedestal != 0) {
      for (int i = 0; i < pixels.length; i++) {
        int v = pixels[i];
        if (v != Pixels.MASKED) {
          // what no int holds is beyond any trusted range
          pixels[i] =
              (int) Math.max(Thresholder.LOWEST, Math.min(Integer.MAX_VALUE, (long) v - pedestal));
        }
      }
    }
    thresholder.mark(pixels, bits);
    return StrongPixels.of(bits, width, height);
  }

  boolean looksForFaint() {
    return windows != null;
  }

  /** Marks the places whose windows stand out, when the pedestal is off. */
  StrongPixels markFaint(int[] pixels, long[] bits) {
    Arrays.fill(bits, 0);
    windows.add(pixels, bits);
    return StrongPixels.of(bits, width, height);
  }
}
