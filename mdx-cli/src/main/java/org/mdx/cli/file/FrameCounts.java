package org.mdx.cli.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.io.image.PanelHeader;

/**
 * Counts the pixels of the first frame by kind; values are as recorded, pedestal included.
 *
 * @param pixels all of them
 * @param masked left out by a mask
 * @param negative of the others those that the detector marks as unusable, or that lie below the
 *     trusted range, below 0 where it is not known
 * @param saturated of the others above the trusted range
 * @param sum of the remaining ones
 * @param max of the remaining ones; −1 if there are none
 */
record FrameCounts(long pixels, long masked, long negative, long saturated, long sum, int max) {

  static FrameCounts of(ImageSource source, List<PanelHeader> panels) throws IOException {
    int[][] frame = new int[source.panels()][];
    for (int p = 0; p < frame.length; p++) {
      frame[p] = new int[Math.multiplyExact(source.width(p), source.height(p))];
    }
    source.read(0, frame);
    long pixels = 0;
    long masked = 0;
    long negative = 0;
    long saturated = 0;
    long sum = 0;
    int max = Integer.MIN_VALUE;
    for (int p = 0; p < frame.length; p++) {
      Optional<PixelMask> mask = panels.get(p).mask();
      double bottom = panels.get(p).trustedMin().orElse(0);
      double top = panels.get(p).trustedMax().orElse(Double.POSITIVE_INFINITY);
      int width = source.width(p);
      for (int i = 0; i < frame[p].length; i++) {
        int v = frame[p][i];
        pixels++;
        if (mask.isPresent() && mask.get().isMasked(i % width, i / width)) {
          masked++;
        } else if (Pixels.isMasked(v) || v < bottom) {
          negative++;
        } else if (v > top) {
          saturated++;
        } else {
          sum += v;
          max = Math.max(max, v);
        }
      }
    }
    int most = max == Integer.MIN_VALUE ? -1 : max;
    return new FrameCounts(pixels, masked, negative, saturated, sum, most);
  }
}
