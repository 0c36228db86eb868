package org.mdx.microed.blanks;

import java.util.Arrays;
import java.util.BitSet;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;

/**
 * Peaks of one panel, tile by tile: a pixel is in a peak if it lies well above the median of the
 * square tile around it. Sums are of photons or electrons. Keeps its working memory; for one thread
 * at a time.
 */
final class TileScan {
  /** Side of a tile in pixels: larger than a peak, smaller than the background's changes. */
  static final int SIDE = 32;

  /** Tiles with fewer good pixels tell nothing. */
  private static final int MIN_PIXELS = 32;

  private final int[] values = new int[SIDE * SIDE];
  private final double cutoff;
  private PixelResponse response = PixelResponse.COUNTER;

  private double total;
  private double background;
  private double peakCounts;
  private int peakPixels;

  /** What to do with the pixels of peaks. */
  @FunctionalInterface
  interface PeakPixel {
    /** A pixel in row order. */
    void found(int index);
  }

  /** Peaks begin this many standard deviations of the tile above its median. */
  TileScan(double cutoff) {
    this.cutoff = cutoff;
  }

  /** Begins a frame. */
  void clear() {
    total = 0;
    background = 0;
    peakCounts = 0;
    peakPixels = 0;
  }

  /** Adds a panel; marked pixels do not count, those in {@code hot} belong to no peak. */
  void add(
      int[] pixels, int width, int height, PixelResponse response, BitSet hot, PeakPixel peaks) {
    this.response = response;
    for (int y0 = 0; y0 < height; y0 += SIDE) {
      int y1 = Math.min(height, y0 + SIDE);
      for (int x0 = 0; x0 < width; x0 += SIDE) {
        addTile(pixels, width, x0, Math.min(width, x0 + SIDE), y0, y1, hot, peaks);
      }
    }
  }

  private void addTile(
      int[] pixels, int width, int x0, int x1, int y0, int y1, BitSet hot, PeakPixel peaks) {
    int n = 0;
    long sum = 0;
    for (int y = y0; y < y1; y++) {
      for (int i = y * width + x0; i < y * width + x1; i++) {
        if (!Pixels.isMasked(pixels[i])) {
          values[n++] = pixels[i];
          sum += pixels[i];
        }
      }
    }
    total += response.counts(sum, n);
    if (n < MIN_PIXELS) {
      return;
    }
    Arrays.sort(values, 0, n);
    double median = response.counts(groupedMedian(n), 1);
    background += median * n;
    double quartiles = (values[3 * n / 4] - values[n / 4]) / response.gain();
    // 1.349 standard deviations of a normal distribution; counts have at least Poisson noise
    double noise = Math.max(1, median) + response.noiseVariance();
    double sigma = Math.max(quartiles / 1.349, Math.sqrt(noise));
    double threshold = response.value(median + cutoff * sigma);
    if (values[n - 1] <= threshold) {
      return;
    }
    for (int y = y0; y < y1; y++) {
      for (int i = y * width + x0; i < y * width + x1; i++) {
        if (pixels[i] > threshold && !hot.get(i)) {
          peakCounts += response.counts(pixels[i], 1) - median;
          peakPixels++;
          peaks.found(i);
        }
      }
    }
  }

  /** The median of sorted whole numbers, each spread evenly over its unit interval. */
  private double groupedMedian(int n) {
    int v = values[n / 2];
    int below = n / 2;
    while (below > 0 && values[below - 1] == v) {
      below--;
    }
    int above = n / 2;
    while (above < n && values[above] == v) {
      above++;
    }
    return v - 0.5 + (0.5 * n - below) / (above - below);
  }

  /** The frame so far. */
  FrameSignals.Frame frame() {
    return new FrameSignals.Frame(Math.round(total), total - background, peakCounts, peakPixels);
  }
}
