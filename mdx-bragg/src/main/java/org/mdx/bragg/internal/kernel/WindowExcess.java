package org.mdx.bragg.internal.kernel;

import java.util.Arrays;

/**
 * Marks the places where the pixels of a window are together above what surrounds them: a matched
 * filter for spots so wide and weak that none of their pixels stands out. Sums over columns move
 * down by a row, so that a pixel costs the same for any window. Not for several threads at a time.
 *
 * <p>With s the sum of n pixels of the window and B the mean of the N pixels of a frame about it,
 * at a distance of 2 pixels, a pixel is marked if s − nB exceeds
 *
 * <pre>
 * t(z) = z·√(n(gB + r²)(1 + n/N)) + g(z² − 1)/6
 * </pre>
 *
 * for z = {@link #AROUND} and if a place with z = σ is joined to it by such pixels. The last term
 * is that of Cornish and Fisher for the skewness of a Poisson distribution; g is the gain and r the
 * read noise. To the sum over the frame one quantum is added, so that an empty one proves nothing.
 * A place counts only if it would do without its largest pixel at half of σ: a hot pixel is no
 * spot.
 */
public final class WindowExcess {
  /** Standard deviations that end a spot. */
  public static final double AROUND = 3;

  /** Pixels between the window and the frame about it. */
  static final int GAP = 2;

  /** Width of that frame. */
  static final int FRAME = 5;

  /** Fewer pixels tell no background. */
  static final int LEAST = 25;

  /** What is below the square of {@link #AROUND} by more than rounding. */
  private static final double CLEARLY = AROUND * AROUND * (1 - 1e-9);

  private static final int COUNT = 40;
  private static final int SIGN = Long.SIZE - COUNT;

  private final int width;
  private final int height;
  private final int[] halves;

  /** Rows that windows reach, with a count above each value; row y is at y modulo their number. */
  private final long[][] rows;

  /** Sums of columns for the window, with the gap, and with the frame. */
  private final long[][] columns;

  /** Their sums from the left; beyond the panel's edges those of nothing and of all. */
  private final long[][] sums;

  private final long[] around;
  private int[] strongest = new int[64];
  private int strongestCount;

  /** A stack of places. */
  private int[] queue = new int[64];

  private int queued;

  private int lowest;
  private double sigmas;
  private double gain;
  private double noise;

  /**
   * A window for panels of one size.
   *
   * @param width columns
   * @param height rows
   * @param half the window has 2·half + 1 columns and rows
   */
  public WindowExcess(int width, int height, int half) {
    this.width = width;
    this.height = height;
    halves = new int[] {half, half + GAP, half + GAP + FRAME};
    rows = new long[2 * pad() + 2][width];
    columns = new long[halves.length][width];
    sums = new long[halves.length][width + 2 * pad() + 1];
    around = new long[BitRows.words(width) * height];
  }

  /**
   * Sets the test.
   *
   * @param lowestCounting smaller values are no counts and take no part
   * @param sigma σ, not below {@link #AROUND}
   * @param gainOfPixels g
   * @param readVariance r²
   */
  public void set(int lowestCounting, double sigma, double gainOfPixels, double readVariance) {
    lowest = lowestCounting;
    sigmas = sigma;
    gain = gainOfPixels;
    noise = readVariance;
  }

  /**
   * Adds the marked pixels; does not check.
   *
   * @param pixels width × height values
   * @param strong receives further bits, as {@link BitRows} has them
   */
  public void add(int[] pixels, long[] strong) {
    Arrays.fill(around, 0);
    strongestCount = 0;
    for (long[] column : columns) {
      Arrays.fill(column, 0);
    }
    for (int y = -pad(); y < height; y++) {
      if (y + pad() < height) {
        pack(pixels, y + pad());
      }
      for (int k = 0; k < halves.length; k++) {
        int enters = y + halves[k];
        int leaves = y - halves[k] - 1;
        if (enters >= 0 && enters < height) {
          add(columns[k], row(enters));
        }
        if (leaves >= 0) {
          subtract(columns[k], row(leaves));
        }
        if (y >= 0) {
          accumulate(columns[k], sums[k], pad());
        }
      }
      if (y >= 0) {
        test(pixels, y);
      }
    }
    for (int i = 0; i < strongestCount; i++) {
      flood(strongest[i], strong);
    }
  }

  private long[] row(int y) {
    return rows[y % rows.length];
  }

  private void pack(int[] pixels, int y) {
    long[] into = row(y);
    for (int x = 0, i = y * width; x < width; x++, i++) {
      int v = pixels[i];
      into[x] = v >= lowest && v < DispersionKernel.BIG ? (1L << COUNT) + v : 0;
    }
  }

  private static void add(long[] into, long[] row) {
    for (int x = 0; x < into.length; x++) {
      into[x] += row[x];
    }
  }

  private static void subtract(long[] into, long[] row) {
    for (int x = 0; x < into.length; x++) {
      into[x] -= row[x];
    }
  }

  private int pad() {
    return halves[halves.length - 1];
  }

  private static void accumulate(long[] column, long[] into, int pad) {
    long sum = 0;
    for (int x = 0; x < column.length; x++) {
      sum += column[x];
      into[pad + x + 1] = sum;
    }
    Arrays.fill(into, pad + column.length + 1, into.length, sum);
  }

  private static long value(long packed) {
    return packed << SIGN >> SIGN;
  }

  private void test(int[] pixels, int y) {
    double skewness = gain * (AROUND * AROUND - 1) / 6;
    long[] inner = sums[0];
    long[] gap = sums[1];
    long[] outer = sums[2];
    // from the left edge of a pixel's windows to their right ones
    int w = 2 * halves[0] + 1;
    int g = 2 * halves[1] + 1;
    int f = 2 * halves[2] + 1;
    int toInner = pad() - halves[0];
    int toGap = pad() - halves[1];
    for (int x = 0, i = y * width; x < width; x++, i++) {
      long in = inner[x + toInner + w] - inner[x + toInner];
      long about = outer[x + f] - outer[x] - gap[x + toGap + g] + gap[x + toGap];
      long s = value(in);
      long b = value(about);
      int n = (int) (in - s >> COUNT);
      int m = (int) (about - b >> COUNT);
      // most places end here, before division and root: the test times m, squared
      double above = (s - skewness) * m - (b + gain) * n;
      if (!(above > 0)
          || above * above <= CLEARLY * n * (gain * Math.max(0, b + gain) + noise * m) * (m + n)
          || m < LEAST
          || n == 0) {
        continue;
      }
      double mean = (b + gain) / m;
      double excess = s - n * mean;
      double variance = n * (gain * Math.max(0, mean) + noise) * (1 + (double) n / m);
      if (exceeds(excess, variance, AROUND)
          && pixels[i] >= lowest
          && pixels[i] < DispersionKernel.BIG) {
        around[y * BitRows.words(width) + (x >> 6)] |= 1L << x;
        if (exceeds(excess, variance, sigmas) && !isOnePixel(pixels, x, y, mean, m)) {
          strongest = withRoom(strongest, strongestCount);
          strongest[strongestCount++] = i;
        }
      }
    }
  }

  private boolean exceeds(double excess, double variance, double z) {
    return excess > z * Math.sqrt(variance) + gain * (z * z - 1) / 6;
  }

  /** Whether the window would not pass at half of σ without its largest pixel. */
  private boolean isOnePixel(int[] pixels, int x, int y, double mean, int m) {
    int half = halves[0];
    long sum = 0;
    int n = 0;
    int largest = Integer.MIN_VALUE;
    for (int v = Math.max(0, y - half); v <= Math.min(height - 1, y + half); v++) {
      for (int u = Math.max(0, x - half); u <= Math.min(width - 1, x + half); u++) {
        int p = pixels[v * width + u];
        if (p >= lowest && p < DispersionKernel.BIG) {
          sum += p;
          n++;
          largest = Math.max(largest, p);
        }
      }
    }
    double variance = (n - 1) * (gain * Math.max(0, mean) + noise) * (1 + (double) (n - 1) / m);
    return n < 2 || !exceeds(sum - largest - (n - 1) * mean, variance, sigmas / 2);
  }

  /** Marks a place and all that is joined to it by faces. */
  private void flood(int start, long[] strong) {
    queued = 0;
    take(start % width, start / width, strong);
    while (queued > 0) {
      int i = queue[--queued];
      int x = i % width;
      int y = i / width;
      take(x - 1, y, strong);
      take(x + 1, y, strong);
      take(x, y - 1, strong);
      take(x, y + 1, strong);
    }
  }

  private void take(int x, int y, long[] strong) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      return;
    }
    int word = y * BitRows.words(width) + (x >> 6);
    if ((around[word] >>> x & 1) != 0) {
      around[word] &= ~(1L << x);
      strong[word] |= 1L << x;
      queue = withRoom(queue, queued);
      queue[queued++] = y * width + x;
    }
  }

  private static int[] withRoom(int[] a, int used) {
    return used < a.length ? a : Arrays.copyOf(a, 2 * used);
  }
}
