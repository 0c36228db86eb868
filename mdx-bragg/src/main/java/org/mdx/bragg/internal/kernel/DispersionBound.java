package org.mdx.bragg.internal.kernel;

import java.util.Arrays;

/**
 * Tells cheaply where a window has no dispersion, in {@code int} and in loops that become vector
 * instructions. Nowhere does it deny what the exact test of {@link DispersionKernel} finds. Not for
 * several threads at a time.
 *
 * <p>The exact test is t = m·q − s² − s·A(m) &gt; 0, with s and q the sums of the values and of
 * their squares over the m pixels of a window, where A(m) = a(m − 1 + n√(2(m − 1))) is concave and
 * 0 at m = 1. So its chord from there to the whole window's m is never above it, and with the chord
 * t is never below the exact one. A window with a value that is negative or too large for this is
 * always told.
 */
final class DispersionBound {
  private static final int SIGN = Integer.SIZE - 1;

  /** Fraction bits of the chord's slope. */
  private static final int SHIFT = 5;

  /** A product with the sum of a window stays below this. */
  private static final int MOST = 1 << 30;

  private final int width;
  private final int height;
  private final int halfX;
  private final int halfY;

  /** A sum's bits: that of the values, the number of pixels, the number of those out of range. */
  private final int countShift;

  private final int outShift;

  /** Values from 0 to this, one less than a power of two, are in range. */
  private final int largest;

  private int slope;

  /** Sums of columns, with halfX empty ones on both sides: the values and, above them, counts. */
  private final int[] sums;

  private final int[] squares;

  /** A row of pixels, likewise; the margins stay 0. */
  private final int[] row;

  private final int[] shifted;
  private final int[] doubled;
  private final int[] windowSums;
  private final int[] windowSquares;

  /**
   * A bound for panels of one size.
   *
   * @param width columns
   * @param height rows
   * @param halfX the window has 2·halfX + 1 columns
   * @param halfY the window has 2·halfY + 1 rows
   */
  DispersionBound(int width, int height, int halfX, int halfY) {
    this.width = width;
    this.height = height;
    this.halfX = halfX;
    this.halfY = halfY;
    int most = pixels();
    int countBits = Integer.SIZE - Integer.numberOfLeadingZeros(most);
    outShift = SIGN - countBits;
    countShift = outShift - countBits;
    int limit = 0;
    for (int bits = 1; isRoom(most, (1L << bits) - 1); bits++) {
      limit = (1 << bits) - 1;
    }
    largest = limit;
    int n = width + 2 * halfX;
    sums = new int[n];
    squares = new int[n];
    row = new int[n];
    shifted = new int[n];
    doubled = new int[n];
    windowSums = new int[width];
    windowSquares = new int[width];
  }

  private int pixels() {
    return (2 * halfX + 1) * (2 * halfY + 1);
  }

  private boolean isRoom(int most, long value) {
    long sum = most * value;
    return sum < 1L << countShift && sum * sum <= Integer.MAX_VALUE;
  }

  /** Whether windows are small enough for values beyond 0 and 1. */
  boolean isUseful() {
    return largest > 1;
  }

  /**
   * Sets the test.
   *
   * @param most A of a whole window
   */
  void set(double most) {
    // rounding of the exact test must not matter
    double low = Math.floor(most / (pixels() - 1) * (1 << SHIFT)) - 1;
    long cube = (long) pixels() * pixels() * largest;
    slope = (int) Math.max(0, Math.min(low, MOST / Math.max(1, cube)));
  }

  /**
   * Looks at the windows about the pixels of a row.
   *
   * @param pixels of the panel
   * @param y the row
   */
  void test(int[] pixels, int y) {
    Arrays.fill(sums, 0);
    Arrays.fill(squares, 0);
    for (int r = Math.max(0, y - halfY); r <= Math.min(height - 1, y + halfY); r++) {
      System.arraycopy(pixels, r * width, row, halfX, width);
      add(row, sums, squares, 1 << countShift, 1 << outShift, ~largest);
    }
    window(sums, windowSums);
    window(squares, windowSquares);
    combine(windowSums, windowSquares);
  }

  /**
   * Adds values with 1 as their count, 0 where a pixel does not count, a mark if out of range.
   * Static, with the bits handed over: a shift by a field keeps the loop from becoming vector
   * instructions, and it takes five times as long.
   */
  private static void add(
      int[] values, int[] into, int[] intoSquares, int one, int out, int beyond) {
    for (int x = 0; x < values.length; x++) {
      int p = values[x];
      int negative = p >> SIGN;
      int far = p & Integer.MAX_VALUE & (beyond | negative);
      int isFar = (far | -far) >> SIGN;
      int v = p & ~negative & ~isFar;
      into[x] += v + (one & ~negative & ~isFar) + (out & isFar);
      intoSquares[x] += v * v;
    }
  }

  /** Sums over the columns of the window: those of 1, 2, 4, … columns where its width has a bit. */
  private void window(int[] columns, int[] into) {
    int span = 2 * halfX + 1;
    System.arraycopy(columns, 0, doubled, 0, columns.length);
    System.arraycopy(columns, 0, into, 0, width);
    int at = 1;
    for (int size = 1; 2 * size <= span; ) {
      System.arraycopy(doubled, size, shifted, 0, columns.length - size);
      plus(doubled, shifted, columns.length - size);
      size *= 2;
      if ((span & size) != 0) {
        System.arraycopy(doubled, at, shifted, 0, width);
        plus(into, shifted, width);
        at += size;
      }
    }
  }

  private static void plus(int[] a, int[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] += b[i];
    }
  }

  /** Makes of the squares what is negative where there may be dispersion. */
  private void combine(int[] c, int[] q) {
    int low = (1 << countShift) - 1;
    int counts = (1 << outShift - countShift) - 1;
    int cs = countShift;
    int os = outShift;
    int chord = slope;
    for (int x = 0; x < c.length; x++) {
      int s = c[x] & low;
      int m = c[x] >> cs & counts;
      int t = m * q[x] - s * s - s * ((m - 1) * chord >> SHIFT);
      q[x] = -t | -(c[x] >> os);
    }
  }

  /** Whether a window of the row about columns x0 to x1 may have dispersion. */
  boolean isAny(int x0, int x1) {
    int any = 0;
    for (int x = x0; x <= x1; x++) {
      any |= windowSquares[x];
    }
    return any < 0;
  }

  /** Whether the window of the row about column x may have dispersion. */
  boolean isAt(int x) {
    return windowSquares[x] < 0;
  }
}
