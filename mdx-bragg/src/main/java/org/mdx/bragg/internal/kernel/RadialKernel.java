package org.mdx.bragg.internal.kernel;

import java.util.Arrays;

/**
 * Threshold by the median and the interquartile range of the pixels in rings. Not for several
 * threads at a time.
 */
public final class RadialKernel {
  private final short[] bins;
  private final int[] start;
  private final int[] at;
  private final int[] values;

  /**
   * Rings of a panel.
   *
   * @param bins ring of each pixel, from 0; not copied
   * @param rings how many there are
   */
  public RadialKernel(short[] bins, int rings) {
    this.bins = bins;
    start = new int[rings + 1];
    at = new int[rings];
    values = new int[bins.length];
  }

  /**
   * Marks the pixels that exceed median + n·IQR of their ring, where n·IQR is twice a quantum if it
   * is not above one. Does not check.
   *
   * @param pixels values in row order
   * @param lowest smaller values are no counts and take no part
   * @param n times the interquartile range
   * @param quantum least difference of two values
   * @param width columns
   * @param strong receives the pixels, as {@link BitRows} has them
   */
  public void mark(int[] pixels, int lowest, double n, double quantum, int width, long[] strong) {
    group(pixels, lowest);
    double[] threshold = new double[at.length];
    for (int b = 0; b < at.length; b++) {
      threshold[b] = threshold(start[b], start[b + 1], n, quantum);
    }
    int words = BitRows.words(width);
    Arrays.fill(strong, 0);
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] >= lowest && pixels[i] > threshold[bins[i]]) {
        strong[i / width * words + (i % width >> 6)] |= 1L << i % width;
      }
    }
  }

  private void group(int[] pixels, int lowest) {
    Arrays.fill(start, 0);
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] >= lowest) {
        start[bins[i] + 1]++;
      }
    }
    for (int b = 0; b < at.length; b++) {
      start[b + 1] += start[b];
      at[b] = start[b];
    }
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] >= lowest) {
        values[at[bins[i]]++] = pixels[i];
      }
    }
  }

  private double threshold(int from, int to, double n, double quantum) {
    int size = to - from;
    if (size == 0) {
      return 0;
    }
    double median =
        size % 2 == 1
            ? select(from, to, from + size / 2)
            : (select(from, to, from + size / 2) + (double) select(from, to, from + size / 2 - 1))
                / 2;
    double level = n * (quantile(from, to, 0.75) - quantile(from, to, 0.25));
    return median + (level <= quantum ? 2 * quantum : level);
  }

  private double quantile(int from, int to, double q) {
    double place = (to - from - 1) * q;
    int low = (int) Math.floor(place);
    double h = place - low;
    double value = select(from, to, from + low);
    return h == 0 ? value : (1 - h) * value + h * select(from, to, from + low + 1);
  }

  /** The value that would be at a place if those of a range were sorted (Hoare 1961). */
  private int select(int from, int to, int place) {
    int lo = from;
    int hi = to - 1;
    while (lo < hi) {
      int pivot = values[(lo + hi) >>> 1];
      int i = lo - 1;
      int j = hi + 1;
      while (true) {
        do {
          i++;
        } while (values[i] < pivot);
        do {
          j--;
        } while (values[j] > pivot);
        if (i >= j) {
          break;
        }
        int v = values[i];
        values[i] = values[j];
        values[j] = v;
      }
      if (place <= j) {
        hi = j;
      } else {
        lo = j + 1;
      }
    }
    return values[place];
  }
}
