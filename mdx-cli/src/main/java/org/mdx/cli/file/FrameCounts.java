package org.mdx.cli.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.io.image.PanelHeader;

/**
 * Counts the pixels of the first frame by kind.
 *
 * @param pixels all of them
 * @param masked left out by a mask
 * @param negative of the others below 0: the detector marks them as unusable
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
    int max = -1;
    for (int p = 0; p < frame.length; p++) {
      Optional<PixelMask> mask = panels.get(p).mask();
      double top = panels.get(p).trustedMax().orElse(Double.POSITIVE_INFINITY);
      int width = source.width(p);
      for (int i = 0; i < frame[p].length; i++) {
        int v = frame[p][i];
        pixels++;
        if (mask.isPresent() && mask.get().isMasked(i % width, i / width)) {
          masked++;
        } else if (v < 0) {
          negative++;
        } else if (v > top) {
          saturated++;
        } else {
          sum += v;
          max = Math.max(max, v);
        }
      }
    }
    return new FrameCounts(pixels, masked, negative, saturated, sum, max);
  }
}
