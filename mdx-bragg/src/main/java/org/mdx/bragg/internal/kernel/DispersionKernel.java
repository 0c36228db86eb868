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

  private final int width;
  private final int height;
  private final int halfX;
  private final int halfY;

  /** Columns begin at halfX + 1: there are empty ones on both sides. */
  private final long[] sums;

  private final long[] squares;

  private int lowest;
  private int least;
  private double slope;
  private double noise;
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
    int most = (2 * halfX + 1) * (2 * halfY + 1);
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
  }

  /**
   * Marks pixels that may be signal; does not check.
   *
   * @param pixels width × height values
   * @param bits as {@link BitRows} has them; overwritten
   */
  public void mark(int[] pixels, long[] bits) {
    Arrays.fill(sums, 0);
    Arrays.fill(squares, 0);
    for (int y = 0; y < Math.min(halfY, height); y++) {
      add(pixels, y * width);
    }
    int words = BitRows.words(width);
    for (int y = 0; y < height; y++) {
      int enters = y + halfY;
      int leaves = y - halfY - 1;
      if (enters < height && leaves >= 0) {
        exchange(pixels, enters * width, leaves * width);
      } else if (enters < height) {
        add(pixels, enters * width);
      } else if (leaves >= 0) {
        remove(pixels, leaves * width);
      }
      test(pixels, y * width, bits, y * words);
    }
  }

  private void add(int[] pixels, int from) {
    for (int x = 0, c = halfX + 1; x < width; x++, c++) {
      long v = pixels[from + x];
      if (v >= lowest && v < BIG) {
        sums[c] += (1L << COUNT) + v;
        squares[c] += v * v;
      }
    }
  }

  private void remove(int[] pixels, int from) {
    for (int x = 0, c = halfX + 1; x < width; x++, c++) {
      long v = pixels[from + x];
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

  private void test(int[] pixels, int from, long[] bits, int at) {
    int span = 2 * halfX + 1;
    long s = 0;
    long q = 0;
    for (int c = 0; c < span; c++) {
      s += sums[c];
      q += squares[c];
    }
    long word = 0;
    for (int x = 0; x < width; x++) {
      s += sums[x + span] - sums[x];
      q += squares[x + span] - squares[x];
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
        word |= 1L << x;
      }
      if ((x & 63) == 63) {
        bits[at++] = word;
        word = 0;
      }
    }
    if ((width & 63) != 0) {
      bits[at] = word;
    }
  }
}
