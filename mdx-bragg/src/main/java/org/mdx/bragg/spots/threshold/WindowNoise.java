package org.mdx.bragg.spots.threshold;

import java.io.IOException;
import java.util.Arrays;
import org.mdx.image.FrameBuffer;
import org.mdx.image.Pixels;

/**
 * How much more sums of windows vary than counting and read noise have it, in a few frames of a
 * sweep. A gain that is wrong makes them vary more, and so does a camera whose neighbouring pixels
 * share counts: then single pixels vary as expected or less, and sums do not.
 */
public final class WindowNoise {
  /** Below this ratio the difference is chance or some structure of the background. */
  private static final double CLEAR = 1.25;

  /** Median of the square of a normal deviate. */
  private static final double MEDIAN = 0.4549;

  private static final int FRAMES = 3;
  private static final int PLACES = 20_000;
  private static final int FEWEST = 100;
  private static final int LEAST_STEP = 8;

  /** Half-width of a window, of the gap about it, of the frame about the gap. */
  private static final int[] HALVES = {2, 4, 9};

  private final FrameBuffer.Pool buffers;
  private final int frames;

  /**
   * The noise of a sweep.
   *
   * @param buffers for its frames
   * @param frames how many there are
   */
  public WindowNoise(FrameBuffer.Pool buffers, int frames) {
    this.buffers = buffers;
    this.frames = frames;
  }

  /**
   * Variance of sums over what is expected.
   *
   * @param panel of the detector
   * @param width of it, px
   * @param height of it, px
   * @param pedestal to take off, in values
   * @param gain values of a count
   * @param readVariance square of the read noise, in values squared
   * @return 1 or more
   * @throws IOException if a frame cannot be read
   */
  public double excess(
      int panel, int width, int height, double pedestal, double gain, double readVariance)
      throws IOException {
    int step = Math.max(LEAST_STEP, (int) Math.sqrt((double) width * height / PLACES));
    double[] squares = new double[FRAMES * (width / step + 1) * (height / step + 1)];
    int n = 0;
    try (FrameBuffer buffer = buffers.take()) {
      for (int k = 0; k < Math.min(FRAMES, frames); k++) {
        buffer.read((int) ((2L * k + 1) * frames / (2L * Math.min(FRAMES, frames))));
        int[] pixels = buffer.pixels(panel);
        for (int y = HALVES[2]; y < height - HALVES[2]; y += step) {
          for (int x = HALVES[2]; x < width - HALVES[2]; x += step) {
            double z2 = square(pixels, width, x, y, pedestal, gain, readVariance);
            if (!Double.isNaN(z2)) {
              squares[n++] = z2;
            }
          }
        }
      }
    }
    if (n < FEWEST) {
      return 1;
    }
    Arrays.sort(squares, 0, n);
    double ratio = squares[n / 2] / MEDIAN;
    return ratio > CLEAR ? ratio : 1;
  }

  /**
   * Square of the difference to the frame, over its variance; NaN with pixels that do not count.
   */
  private static double square(
      int[] pixels, int width, int x, int y, double pedestal, double gain, double readVariance) {
    double inside = 0;
    double around = 0;
    int m = 0;
    for (int v = -HALVES[2]; v <= HALVES[2]; v++) {
      for (int u = -HALVES[2]; u <= HALVES[2]; u++) {
        int ring = Math.max(Math.abs(u), Math.abs(v));
        if (ring > HALVES[0] && ring <= HALVES[1]) {
          continue;
        }
        int value = pixels[(y + v) * width + x + u];
        if (value == Pixels.MASKED) {
          return Double.NaN;
        }
        if (ring <= HALVES[0]) {
          inside += value - pedestal;
        } else {
          around += value - pedestal;
          m++;
        }
      }
    }
    int n = (2 * HALVES[0] + 1) * (2 * HALVES[0] + 1);
    double mean = around / m;
    double variance = n * (gain * Math.max(mean, 0) + readVariance) * (1 + (double) n / m);
    double d = inside - n * mean;
    return variance > 0 ? d * d / variance : Double.NaN;
  }
}
