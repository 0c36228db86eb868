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
      int y0 = Math.max(0, y - 2 * radius);
      int y1 = Math.min(height - 1, y + 2 * radius);
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
          markPart(pixels, x0, x1, y0, y1, bits);
          tested += (long) (x1 - x0 + 1) * (y1 - y0 + 1);
        }
      }
    }
    return true;
  }

  /** Tests columns x0 to x1, of one word, in rows y0 to y1. */
  private void markPart(int[] pixels, int x0, int x1, int y0, int y1, long[] bits) {
    int c0 = Math.max(0, x0 - halfX);
    int c1 = Math.min(width - 1, x1 + halfX);
    clear(c0, c1);
    for (int row = Math.max(0, y0 - halfY); row < Math.min(height, y0 + halfY); row++) {
      add(pixels, row, c0, c1);
    }
    for (int y = y0; y <= y1; y++) {
      if (y + halfY < height) {
        add(pixels, y + halfY, c0, c1);
      }
      if (y > y0 && y - halfY - 1 >= 0) {
        remove(pixels, y - halfY - 1, c0, c1);
      }
      test(pixels, y, x0, x1, bits);
    }
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
