package org.mdx.bragg.internal.kernel;

import it.unimi.dsi.fastutil.ints.IntArrayList;
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

  private static final int COUNT = 40;
  private static final int SIGN = Long.SIZE - COUNT;

  private final int width;
  private final int height;
  private final int[] halves;

  /** Sums of columns for the window, with the gap, and with the frame. */
  private final long[][] columns;

  /** Their sums from the left. */
  private final long[][] sums;

  private final long[] around;
  private final IntArrayList strongest = new IntArrayList();
  private final IntArrayList queue = new IntArrayList();

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
    columns = new long[halves.length][width];
    sums = new long[halves.length][width + 1];
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
    strongest.clear();
    for (int k = 0; k < halves.length; k++) {
      Arrays.fill(columns[k], 0);
      for (int row = 0; row < Math.min(height, halves[k]); row++) {
        move(pixels, row, columns[k], 1);
      }
    }
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < halves.length; k++) {
        if (y + halves[k] < height) {
          move(pixels, y + halves[k], columns[k], 1);
        }
        if (y - halves[k] - 1 >= 0) {
          move(pixels, y - halves[k] - 1, columns[k], -1);
        }
        accumulate(columns[k], sums[k]);
      }
      test(pixels, y);
    }
    for (int i = 0; i < strongest.size(); i++) {
      flood(strongest.getInt(i), strong);
    }
  }

  private void move(int[] pixels, int row, long[] into, int sign) {
    for (int x = 0, i = row * width; x < width; x++, i++) {
      long v = pixels[i];
      if (v >= lowest && v < DispersionKernel.BIG) {
        into[x] += sign * ((1L << COUNT) + v);
      }
    }
  }

  private static void accumulate(long[] column, long[] into) {
    long sum = 0;
    for (int x = 0; x < column.length; x++) {
      into[x] = sum;
      sum += column[x];
    }
    into[column.length] = sum;
  }

  private long window(int k, int x) {
    return sums[k][Math.min(width, x + halves[k] + 1)] - sums[k][Math.max(0, x - halves[k])];
  }

  private static long value(long packed) {
    return packed << SIGN >> SIGN;
  }

  private static int count(long packed) {
    return (int) (packed - value(packed) >> COUNT);
  }

  private void test(int[] pixels, int y) {
    for (int x = 0, i = y * width; x < width; x++, i++) {
      long inner = window(0, x);
      long frame = window(2, x) - window(1, x);
      int n = count(inner);
      int m = count(frame);
      if (n == 0 || m < LEAST || pixels[i] < lowest || pixels[i] >= DispersionKernel.BIG) {
        continue;
      }
      double mean = (value(frame) + gain) / m;
      double excess = value(inner) - n * mean;
      double variance = n * (gain * Math.max(0, mean) + noise) * (1 + (double) n / m);
      if (exceeds(excess, variance, AROUND)) {
        around[y * BitRows.words(width) + (x >> 6)] |= 1L << x;
        if (exceeds(excess, variance, sigmas) && !isOnePixel(pixels, x, y, mean, m)) {
          strongest.add(i);
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
    queue.clear();
    take(start % width, start / width, strong);
    while (!queue.isEmpty()) {
      int i = queue.popInt();
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
      queue.add(y * width + x);
    }
  }
}
