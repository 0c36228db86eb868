package org.mdx.peaks;

import java.io.IOException;
import java.util.Arrays;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;

/**
 * The pixels of any detector as numbers that scatter nearly as Poisson's law has it. A reading with
 * the noise σ, in photons or electrons, of a pixel that expects λ scatters about λ with the
 * variance λ + σ²; with σ² added to it and rounded, it is like a count of λ + σ². Where σ is not
 * known it is what the dimmest tiles of a frame scatter beyond Poisson's law.
 */
final class CountedPixels {
  private static final int TILE = 6;
  private static final int FEWEST = 16;

  /** How far a pixel lies below the median that so many are below, by Gauss's law one σ. */
  private static final double BELOW = 0.1587;

  private final ImageSeries images;
  private final double shift;

  /**
   * Learns the noise.
   *
   * @param images the frames
   * @param buffers for them
   * @param frame to look at if the read noise is not known
   */
  CountedPixels(ImageSeries images, FrameBuffer.Pool buffers, int frame) throws IOException {
    this.images = images;
    double noise = 0;
    for (int p = 0; p < images.source().panels(); p++) {
      noise = Math.max(noise, images.response(p).noiseVariance());
    }
    shift = noise > 0 || images.isCounted() ? noise : estimate(buffers, frame);
  }

  /** What is added to the counts of every pixel, σ²; 0 where pixels are counts as they are. */
  double shift() {
    return shift;
  }

  /**
   * The pixels of a panel as counts with σ² added, 0 or more.
   *
   * @param p index of the panel
   * @param pixels as read; overwritten where they are not counts already
   * @return the array; pixels that do not count are marked
   */
  int[] counts(int p, int[] pixels) {
    if (images.isCounted()) {
      return pixels;
    }
    PixelResponse response = images.response(p);
    for (int i = 0; i < pixels.length; i++) {
      int v = pixels[i];
      double count = Math.rint(response.counts(v, 1) + shift);
      pixels[i] = Pixels.isMasked(v) ? v : (int) Math.max(0, count);
    }
    return pixels;
  }

  private double estimate(FrameBuffer.Pool buffers, int frame) throws IOException {
    double[][] tiles = new double[2][0];
    try (FrameBuffer buffer = buffers.take()) {
      buffer.read(frame);
      for (int p = 0; p < images.source().panels(); p++) {
        tiles = look(p, buffer.pixels(p), tiles);
      }
    }
    int n = tiles[0].length;
    if (n == 0) {
      return 0;
    }
    double[] sorted = tiles[0].clone();
    Arrays.sort(sorted);
    double dim = sorted[n / 4];
    double variance = 0;
    double mean = 0;
    int dimmest = 0;
    for (int t = 0; t < n; t++) {
      if (tiles[0][t] <= dim) {
        mean += tiles[0][t];
        variance += tiles[1][t] * tiles[1][t];
        dimmest++;
      }
    }
    return Math.max(0, (variance - Math.max(0, mean)) / dimmest);
  }

  /** Appends median and scatter of the tiles of a panel, in counts. */
  private double[][] look(int p, int[] pixels, double[][] tiles) {
    int width = images.source().width(p);
    int height = images.source().height(p);
    int across = width / TILE;
    int n = tiles[0].length;
    double[] median = Arrays.copyOf(tiles[0], n + across * (height / TILE));
    double[] below = Arrays.copyOf(tiles[1], median.length);
    int[] values = new int[TILE * TILE];
    for (int t = 0; t < across * (height / TILE); t++) {
      int m = 0;
      for (int i = 0; i < values.length; i++) {
        int at = (t / across * TILE + i / TILE) * width + t % across * TILE + i % TILE;
        if (!Pixels.isMasked(pixels[at])) {
          values[m++] = pixels[at];
        }
      }
      if (m >= FEWEST) {
        Arrays.sort(values, 0, m);
        median[n] = images.response(p).counts(values[m / 2], 1);
        below[n] = median[n] - images.response(p).counts(values[(int) Math.rint(BELOW * m)], 1);
        n++;
      }
    }
    return new double[][] {Arrays.copyOf(median, n), Arrays.copyOf(below, n)};
  }
}
