package org.mdx.bragg.internal.kernel;

import java.util.Arrays;

/**
 * Index of dispersion over a window that slides over a panel: column sums move down by a row, sums
 * over the columns move right, so that a pixel costs the same for any window. Not for several
 * threads at a time.
 *
 * <p>With m pixels that count in the window, x = Σp and y = Σp² over them, a pixel may be signal if
 *
 * <pre>
 * m·y − x² − x·(m − 1) &gt; x·n·√(2(m − 1))            without gain: variance/mean &gt; 1 + n√(2/(m − 1))
 * m·y − x² &gt; (g·x + m·r²)·(m − 1 + n·√(2(m − 1)))    with gain g and read noise r
 * </pre>
 *
 * (Winter et al., Acta Cryst. D74, 85, 2018; the order of operations is that of DIALS, so that
 * rounding is the same.)
 */
public final class DispersionKernel {
  /** Values from here on count in no sum, as in DIALS; so squares of a window fit into a long. */
  public static final int BIG = 1 << 24;

  /** A column's sum of values and, above this bit, its number of pixels. */
  private static final int COUNT = 40;

  private static final int SIGN = Long.SIZE - COUNT;

  /** Part of the pixels that may be tested exactly in small pieces. */
  private static final int FEW = 4;

  /** Pixels tested before that is looked at. */
  private static final long PATIENCE = 20_000;

  private final int width;
  private final int height;
  private final int halfX;
  private final int halfY;

  /** Columns begin at halfX + 1: there are empty ones on both sides. */
  private final long[] sums;

  private final long[] squares;

  /** The sums of columns about the row from which a search goes up and down. */
  private final long[] keptSums;

  private final long[] keptSquares;

  private int lowest;
  private int least;
  private double slope;
  private double noise;
  private final DispersionBound bound;
  private final double[] minus;
  private final double[] times;

  /**
   * A window for panels of one size.
   *
   * @param width columns
   * @param height rows
   * @param halfX the window has 2·halfX + 1 columns, at most 63
   * @param halfY the window has 2·halfY + 1 rows, at most 63
   */
  public DispersionKernel(int width, int height, int halfX, int halfY) {
    this.width = width;
    this.height = height;
    this.halfX = halfX;
    this.halfY = halfY;
    sums = new long[width + 2 * halfX + 1];
    squares = new long[sums.length];
    keptSums = new long[sums.length];
    keptSquares = new long[sums.length];
    int most = (2 * halfX + 1) * (2 * halfY + 1);
    bound = new DispersionBound(width, height, halfX, halfY);
    minus = new double[most + 1];
    times = new double[most + 1];
  }

  /**
   * Sets the test.
   *
   * @param lowestCounting smaller values are no counts and take no part
   * @param leastPixels fewer pixels in a window make no test, 2 or more
   * @param sigmas n
   * @param gain g, or NaN for the test without gain
   * @param readVariance r², 0 for the test without gain
   */
  public void set(
      int lowestCounting, int leastPixels, double sigmas, double gain, double readVariance) {
    lowest = lowestCounting;
    least = leastPixels;
    noise = readVariance;
    boolean none = Double.isNaN(gain);
    slope = none ? sigmas : gain;
    for (int m = 1; m < minus.length; m++) {
      double root = Math.sqrt(2.0 * (m - 1));
      minus[m] = none ? m - 1 : 0;
      times[m] = none ? root : m - 1 + sigmas * root;
    }
    int whole = minus.length - 1;
    bound.set(minus[whole] + slope * times[whole]);
  }

  /**
   * Marks pixels that may be signal, like all pixels of the panel within a Chebyshev distance of
   * them; does not check.
   *
   * @param pixels width × height values
   * @param radius the distance, 0 to 63
   * @param bits as {@link BitRows} has them; overwritten
   * @param scratch as many words
   */
  public void mark(int[] pixels, int radius, long[] bits, long[] scratch) {
    Arrays.fill(bits, 0);
    if (lowest > 0 || !bound.isUseful() || !markWhereBound(pixels, radius, bits)) {
      Arrays.fill(bits, 0);
      markAll(pixels, bits);
    }
    if (radius > 0) {
      BitRows.erode(bits, width, height, radius, scratch);
    }
  }

  private void markAll(int[] pixels, long[] bits) {
    clear(0, width - 1);
    for (int row = 0; row < Math.min(halfY, height); row++) {
      add(pixels, row, 0, width - 1);
    }
    for (int y = 0; y < height; y++) {
      int enters = y + halfY;
      int leaves = y - halfY - 1;
      if (enters < height && leaves >= 0) {
        exchange(pixels, enters * width, leaves * width);
      } else if (enters < height) {
        add(pixels, enters, 0, width - 1);
      } else if (leaves >= 0) {
        remove(pixels, leaves, 0, width - 1);
      }
      test(pixels, y, 0, width - 1, bits);
    }
  }

  /**
   * Tests exactly where the bound allows dispersion only. Of 2·radius + 1 rows it is enough to look
   * at one: a pixel that stays when the bits are eroded has all of its column in those rows set.
   * Gives up, with false, if there are many such places.
   */
  private boolean markWhereBound(int[] pixels, int radius, long[] bits) {
    int step = 2 * radius + 1;
    long tested = 0;
    for (int y = 0; y < height; y = y < height - 1 ? Math.min(height - 1, y + step) : height) {
      bound.test(pixels, y);
      if (tested > PATIENCE + (long) y * width / FEW) {
        return false;
      }
      for (int x = 0; x < width; x += Long.SIZE) {
        int x1 = Math.min(width, x + Long.SIZE) - 1;
        if (bound.isAny(x, x1)) {
          int x0 = x;
          while (!bound.isAt(x0)) {
            x0++;
          }
          while (!bound.isAt(x1)) {
            x1--;
          }
          tested += markPart(pixels, x0, x1, y, radius, bits);
        }
      }
    }
    return true;
  }

  /**
   * Tests columns x0 to x1, of one word, in a row, and from there in the rows above and below as
   * long as something may stay when the bits are eroded. Gives how many pixels it tested.
   */
  private long markPart(int[] pixels, int x0, int x1, int y, int radius, long[] bits) {
    int c0 = Math.max(0, x0 - halfX);
    int c1 = Math.min(width - 1, x1 + halfX);
    clear(c0, c1);
    for (int row = Math.max(0, y - halfY); row <= Math.min(height - 1, y + halfY); row++) {
      add(pixels, row, c0, c1);
    }
    test(pixels, y, x0, x1, bits);
    long left = opened(bits[y * BitRows.words(width) + (x0 >> 6)], x0, radius);
    long tested = x1 - x0 + 1;
    if (left != 0 && radius > 0) {
      int n = x1 - x0 + 2 * halfX + 1;
      System.arraycopy(sums, x0 + 1, keptSums, 0, n);
      System.arraycopy(squares, x0 + 1, keptSquares, 0, n);
      tested += markFrom(pixels, left, x0, y, -1, radius, bits);
      System.arraycopy(keptSums, 0, sums, x0 + 1, n);
      System.arraycopy(keptSquares, 0, squares, x0 + 1, n);
      tested += markFrom(pixels, left, x0, y, 1, radius, bits);
    }
    return tested;
  }

  /**
   * Goes up or down to the rows 2·radius away, with the sums of columns about row y.
   *
   * @param left bits of row y that may matter, of the word of column x
   */
  private long markFrom(int[] pixels, long left, int x, int y, int down, int radius, long[] bits) {
    int word = x >> 6;
    long tested = 0;
    long open = left;
    int end = y + down * 2 * radius;
    for (int r = y + down; open != 0 && r != end + down && r >= 0 && r < height; r += down) {
      int x0 = (word << 6) + Long.numberOfTrailingZeros(open);
      int x1 = (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(open);
      int c0 = Math.max(0, x0 - halfX);
      int c1 = Math.min(width - 1, x1 + halfX);
      int in = r + down * halfY;
      int out = r - down * (halfY + 1);
      if (in >= 0 && in < height) {
        add(pixels, in, c0, c1);
      }
      if (out >= 0 && out < height) {
        remove(pixels, out, c0, c1);
      }
      test(pixels, r, x0, x1, bits);
      tested += x1 - x0 + 1;
      open = opened(open & bits[r * BitRows.words(width) + word], x, radius);
    }
    return tested;
  }

  /**
   * What is left of a word of bits without those that cannot be in a run of 2·radius + 1; bits of
   * other words, and what lies beyond the panel, may be set.
   */
  private long opened(long word, int x, int radius) {
    int inside = width - (x & -Long.SIZE);
    long here = inside < Long.SIZE ? word | -1L << inside : word;
    long eroded = here;
    for (int d = 1; d <= radius; d++) {
      eroded &= here << d | (1L << d) - 1;
      eroded &= here >>> d | ~(-1L >>> d);
    }
    long open = eroded;
    for (int d = 1; d <= radius; d++) {
      // the middle of a run may lie in the word beside this one
      open |= eroded << d | eroded >>> d | (1L << d) - 1 | ~(-1L >>> d);
    }
    return open & word;
  }

  /** With what lies beyond the panel on either side. */
  private void clear(int x0, int x1) {
    int from = x0 == 0 ? 0 : x0 + halfX + 1;
    int to = x1 == width - 1 ? sums.length : x1 + halfX + 2;
    Arrays.fill(sums, from, to, 0);
    Arrays.fill(squares, from, to, 0);
  }

  private void add(int[] pixels, int row, int x0, int x1) {
    for (int x = x0, i = row * width + x0, c = x0 + halfX + 1; x <= x1; x++, i++, c++) {
      long v = pixels[i];
      if (v >= lowest && v < BIG) {
        sums[c] += (1L << COUNT) + v;
        squares[c] += v * v;
      }
    }
  }

  private void remove(int[] pixels, int row, int x0, int x1) {
    for (int x = x0, i = row * width + x0, c = x0 + halfX + 1; x <= x1; x++, i++, c++) {
      long v = pixels[i];
      if (v >= lowest && v < BIG) {
        sums[c] -= (1L << COUNT) + v;
        squares[c] -= v * v;
      }
    }
  }

  private void exchange(int[] pixels, int in, int out) {
    for (int x = 0, c = halfX + 1; x < width; x++, c++) {
      long v = pixels[in + x];
      long u = pixels[out + x];
      long s = sums[c];
      long q = squares[c];
      if (v >= lowest && v < BIG) {
        s += (1L << COUNT) + v;
        q += v * v;
      }
      if (u >= lowest && u < BIG) {
        s -= (1L << COUNT) + u;
        q -= u * u;
      }
      sums[c] = s;
      squares[c] = q;
    }
  }

  /** Tests the windows of columns x0 to x1 of a row. */
  private void test(int[] pixels, int y, int x0, int x1, long[] bits) {
    int from = y * width;
    int word0 = y * BitRows.words(width);
    int span = 2 * halfX + 1;
    long s = 0;
    long q = 0;
    for (int c = x0 + 1; c < x0 + span; c++) {
      s += sums[c];
      q += squares[c];
    }
    for (int x = x0; x <= x1; x++) {
      s += sums[x + span];
      q += squares[x + span];
      long value = s << SIGN >> SIGN;
      int m = (int) ((s - value) >> COUNT);
      double sum = value;
      double excess = (double) m * q - sum * sum - sum * minus[m];
      double expected = sum * slope + m * noise;
      // excess is 0 for an empty window
      if (excess > expected * times[m]
          && (value >= 0 || noise > 0 && expected >= 0)
          && m >= least
          && pixels[from + x] >= lowest) {
        bits[word0 + (x >> 6)] |= 1L << x;
      }
      s -= sums[x + 1];
      q -= squares[x + 1];
    }
  }
}
