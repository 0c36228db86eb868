package org.mdx.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.parallel.Parallel;

/**
 * Finds pixels that count without photons. In frames far apart, where no reflection is twice, such
 * a pixel has each time far more counts than the pixels around it, and about as many.
 */
public final class HotPixelFinder {
  private static final int FRAMES = 12;

  /** Images between two that are looked at: a reflection is gone by then. */
  private static final int APART = 3;

  /** Standard deviations of the least value above the mean of the pixels around. */
  private static final double ABOVE = 10;

  /** The least over the greatest value, at the least; a beam may be weaker in some frames. */
  private static final double STEADY = 0.2;

  /** What neighbours have of it where light has spread. */
  private static final double SPREAD = 0.1;

  /** Neighbours that may be hot themselves. */
  private static final int HOT_BESIDE = 2;

  private final int width;
  private final int height;
  private final PixelResponse response;
  private final int[] least;
  private final int[] most;
  private final double[] sum;
  private int frames;

  private HotPixelFinder(ImageSeries images, int panel) {
    width = images.source().width(panel);
    height = images.source().height(panel);
    response = images.response(panel);
    least = new int[width * height];
    most = new int[least.length];
    sum = new double[least.length];
    Arrays.fill(least, Integer.MAX_VALUE);
    Arrays.fill(most, Integer.MIN_VALUE);
  }

  /**
   * Finds them.
   *
   * @param images frames of one sweep; 12 of them, evenly spread, are looked at
   * @param parallel threads; the result does not depend on them
   * @return those of each panel; none of fewer than 36 frames. Those that are masked already are
   *     not among them
   * @throws java.io.UncheckedIOException if a frame cannot be read
   */
  public static List<PixelMask> find(ImageSeries images, Parallel parallel) {
    List<HotPixelFinder> panels = new ArrayList<>();
    for (int p = 0; p < images.source().panels(); p++) {
      panels.add(new HotPixelFinder(images, p));
    }
    int all = images.frames();
    if (all >= FRAMES * APART) {
      FrameBuffer.Pool buffers = new FrameBuffer.Pool(images);
      parallel.forEach(
          FRAMES,
          i -> {
            try (FrameBuffer buffer = buffers.take()) {
              buffer.read((int) ((2L * i + 1) * all / (2L * FRAMES)));
              synchronized (panels) {
                for (int p = 0; p < panels.size(); p++) {
                  panels.get(p).add(buffer.pixels(p));
                }
              }
            }
          });
    }
    return panels.stream().map(HotPixelFinder::mask).toList();
  }

  private void add(int[] pixels) {
    frames++;
    for (int i = 0; i < least.length; i++) {
      // a masked one has a value below all others, and is none
      least[i] = Math.min(least[i], pixels[i]);
      most[i] = Math.max(most[i], pixels[i]);
      sum[i] += pixels[i];
    }
  }

  private PixelMask mask() {
    BitSet hot = new BitSet();
    double threshold = ABOVE * Math.sqrt(1 + response.noiseVariance());
    for (int i = 0; i < least.length && frames > 0; i++) {
      if (!Pixels.isMasked(least[i]) && response.counts(least[i], 1) > threshold && isHot(i)) {
        hot.set(i);
      }
    }
    return PixelMask.of(width, height, hot);
  }

  private boolean isHot(int i) {
    double counts = response.counts(least[i], 1);
    if (counts < STEADY * response.counts(most[i], 1)) {
      return false;
    }
    double[] around = new double[8];
    int n = 0;
    int bright = 0;
    int y = i / width;
    int x = i % width;
    for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        int k = v * width + u;
        if (k != i && !Pixels.isMasked(least[k])) {
          around[n] = response.counts(sum[k], frames) / frames;
          bright += around[n++] > SPREAD * counts ? 1 : 0;
        }
      }
    }
    Arrays.sort(around, 0, n);
    double usual = n == 0 ? Double.POSITIVE_INFINITY : Math.max(0, around[n / 2]);
    double sigma = Math.sqrt(usual + 1 + response.noiseVariance());
    return bright <= HOT_BESIDE && counts > usual + ABOVE * sigma;
  }
}
