package org.mdx.bragg.internal.kernel;

import java.util.Arrays;

/**
 * Tells which of the pixels that may be signal are strong, by the mean of a window about them. The
 * candidates are few; sums over columns are made where candidates are, move down by a row where
 * they were made for the row above, and slide along their row. Not for several threads at a time.
 */
public final class StrongKernel {
  /** A column's sum of values and, above this bit, its number of pixels. */
  private static final int COUNT = 40;

  private static final int SIGN = Long.SIZE - COUNT;

  private final int width;
  private final int height;
  private final int halfX;
  private final int halfY;
  private final long[] sums;

  /** The row that a column's sum is about. */
  private final int[] rows;

  private int lowest;
  private double threshold;
  private double sigmas;
  private double gain;
  private double noise;
  private boolean leaveOut;

  /**
   * A window for panels of one size.
   *
   * @param width columns
   * @param height rows
   * @param halfX the window has 2·halfX + 1 columns
   * @param halfY the window has 2·halfY + 1 rows
   */
  public StrongKernel(int width, int height, int halfX, int halfY) {
    this.width = width;
    this.height = height;
    this.halfX = halfX;
    this.halfY = halfY;
    sums = new long[width];
    rows = new int[width];
  }

  /**
   * Sets the test.
   *
   * @param lowestCounting smaller values are no counts and take no part
   * @param globalThreshold a strong pixel is above this
   * @param sigmaStrong n
   * @param gainOfPixels g
   * @param readVariance r²
   * @param leaveOutCandidates true for the extended test: candidates do not count for the mean μ (0
   *     with fewer than two pixels) and p ≥ μ + n·√(gμ + r²); false for the plain test: all count,
   *     and m·p − x &gt; n·√((g·x + m·r²)·m), with x the sum of m pixels
   */
  public void set(
      int lowestCounting,
      double globalThreshold,
      double sigmaStrong,
      double gainOfPixels,
      double readVariance,
      boolean leaveOutCandidates) {
    lowest = lowestCounting;
    threshold = globalThreshold;
    sigmas = sigmaStrong;
    gain = gainOfPixels;
    noise = readVariance;
    leaveOut = leaveOutCandidates;
  }

  /**
   * Marks the strong pixels; does not check.
   *
   * @param pixels width × height values
   * @param candidates pixels that may be strong, as {@link BitRows} has them
   * @param strong receives those that are
   */
  public void mark(int[] pixels, long[] candidates, long[] strong) {
    Arrays.fill(strong, 0);
    Arrays.fill(rows, Integer.MIN_VALUE);
    int words = BitRows.words(width);
    for (int y = 0; y < height; y++) {
      int at = y * words;
      int x = next(candidates, at, 0);
      while (x < width) {
        // candidates whose windows share columns are done in one go
        int last = x;
        for (int n = next(candidates, at, x + 1); n <= last + 2 * halfX; ) {
          if (n >= width) {
            break;
          }
          last = n;
          n = next(candidates, at, n + 1);
        }
        columns(pixels, candidates, y, Math.max(0, x - halfX), Math.min(width - 1, last + halfX));
        slide(pixels, candidates, strong, y, x, last);
        x = next(candidates, at, last + 1);
      }
    }
  }

  /** The first candidate of a row from a column on; the width or more if there is none. */
  private int next(long[] bits, int at, int from) {
    int w = from >> 6;
    int words = BitRows.words(width);
    if (w >= words) {
      return width;
    }
    long word = bits[at + w] & -1L << from;
    while (word == 0) {
      if (++w == words) {
        return width;
      }
      word = bits[at + w];
    }
    return (w << 6) + Long.numberOfTrailingZeros(word);
  }

  /** Makes the sums of columns x0 to x1 about row y. */
  private void columns(int[] pixels, long[] candidates, int y, int x0, int x1) {
    for (int x = x0; x <= x1; ) {
      boolean above = rows[x] == y - 1;
      int last = x;
      while (last < x1 && rows[last + 1] == y - 1 == above) {
        last++;
      }
      if (above) {
        if (y - halfY > 0) {
          add(pixels, candidates, y - halfY - 1, x, last, -1);
        }
        if (y + halfY < height) {
          add(pixels, candidates, y + halfY, x, last, 1);
        }
      } else {
        Arrays.fill(sums, x, last + 1, 0);
        for (int r = Math.max(0, y - halfY); r <= Math.min(height - 1, y + halfY); r++) {
          add(pixels, candidates, r, x, last, 1);
        }
      }
      Arrays.fill(rows, x, last + 1, y);
      x = last + 1;
    }
  }

  /** Adds the pixels of a row to the sums of columns x0 to x1, or takes them off. */
  private void add(int[] pixels, long[] candidates, int row, int x0, int x1, int sign) {
    int at = row * BitRows.words(width);
    int from = row * width;
    long counting = leaveOut ? 1 : 0;
    for (int x = x0; x <= x1; x++) {
      long v = pixels[from + x];
      // all bits or none, without a branch: where candidates end nobody can predict
      long out = (v - lowest | DispersionKernel.BIG - 1 - v) >> Long.SIZE - 1;
      out |= -(candidates[at + (x >> 6)] >>> x & counting);
      sums[x] += sign * ((1L << COUNT) + v) & ~out;
    }
  }

  private void slide(int[] pixels, long[] candidates, long[] strong, int y, int x0, int x1) {
    int at = y * BitRows.words(width);
    long s = 0;
    for (int x = Math.max(0, x0 - halfX); x < Math.min(width, x0 + halfX); x++) {
      s += sums[x];
    }
    for (int x = x0; x <= x1; x++) {
      if (x + halfX < width) {
        s += sums[x + halfX];
      }
      if (x > x0 && x - halfX - 1 >= 0) {
        s -= sums[x - halfX - 1];
      }
      long sum = s << SIGN >> SIGN;
      int m = (int) ((s - sum) >> COUNT);
      boolean candidate = (candidates[at + (x >> 6)] >>> x & 1) != 0;
      if (candidate && gain * sum + m * noise >= 0 && isStrong(pixels[y * width + x], m, sum)) {
        strong[at + (x >> 6)] |= 1L << x;
      }
    }
  }

  private boolean isStrong(int p, int m, double sum) {
    if (!(p > threshold)) {
      return false;
    }
    if (leaveOut) {
      double mean = m >= 2 ? sum / m : 0;
      return p >= mean + sigmas * Math.sqrt(Math.max(0, gain * mean + noise));
    }
    return (double) m * p - sum > sigmas * Math.sqrt((gain * sum + m * noise) * m);
  }
}
