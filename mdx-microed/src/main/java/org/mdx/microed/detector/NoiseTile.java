package org.mdx.microed.detector;

import java.util.Arrays;

/**
 * Moments in time of the pixels of one tile in three consecutive frames a, b, c, from a − 2b + c,
 * in which whatever is constant or changes evenly is gone. So is what all pixels of the tile have
 * in common, such as a flickering beam. A quantum that lights up several pixels makes them vary
 * together, so there are also variances of sums over square cells, divided by the cell's area.
 *
 * @param mean of the pixels
 * @param pixels variance of a pixel
 * @param small variance of cells of 2 × 2, for each pixel
 * @param large variance of cells of 4 × 4, for each pixel
 * @param third third cumulant of cells of 2 × 2, for each pixel
 * @param most largest change of a pixel, scaled to the standard deviation of one frame
 */
record NoiseTile(
    double mean, Variance pixels, Variance small, Variance large, double third, double most) {

  /**
   * A variance.
   *
   * @param value the variance
   * @param freedom its degrees of freedom
   */
  record Variance(double value, double freedom) {}

  /** Side of a tile in pixels. */
  static final int SIDE = 16;

  private static final int LARGE = 4;

  /** Side of small cells in pixels. */
  static final int SMALL = 2;

  private static final int MIN_CELLS = 8;

  /** Standard deviations of the tile beyond which a pixel is dead or hot. */
  private static final double HOT = 8;

  /** Moments of sums over cells, for each pixel. */
  private record Moments(double mean, Variance variance, double third, double most) {}

  /**
   * The tile whose corner is (x0, y0) in three frames of a width; null if too few cells are good in
   * all of them.
   */
  static NoiseTile of(int[][] frames, boolean[] good, int width, int x0, int y0) {
    int[] corners = new int[SIDE / LARGE * (SIDE / LARGE)];
    int cells = 0;
    double[] range = range(frames, good, width, x0, y0);
    for (int y = y0; y < y0 + SIDE; y += LARGE) {
      for (int x = x0; x < x0 + SIDE; x += LARGE) {
        if (isGood(frames, good, range, width, x, y)) {
          corners[cells++] = y * width + x;
        }
      }
    }
    if (cells < MIN_CELLS) {
      return null;
    }
    Moments pixels = moments(frames, corners, cells, width, 1);
    Moments small = moments(frames, corners, cells, width, SMALL);
    return new NoiseTile(
        pixels.mean,
        pixels.variance,
        small.variance,
        moments(frames, corners, cells, width, LARGE).variance,
        small.third,
        pixels.most);
  }

  /** Moments of sums over cells of a side, which tile the large cells at the corners. */
  private static Moments moments(int[][] frames, int[] corners, int count, int width, int side) {
    int across = LARGE / side;
    int cells = count * across * across;
    double[] change = new double[cells];
    double sum = 0;
    double mean = 0;
    for (int c = 0; c < cells; c++) {
      int within = c % (across * across);
      int corner = corners[c / (across * across)];
      int at = corner + within / across * side * width + within % across * side;
      double before = sum(frames[0], width, at, side);
      double now = sum(frames[1], width, at, side);
      double after = sum(frames[2], width, at, side);
      change[c] = before - 2 * now + after;
      sum += before + now + after;
      mean += change[c] / cells;
    }
    double square = 0;
    double cube = 0;
    double most = 0;
    for (double d : change) {
      double off = d - mean;
      square += off * off;
      cube += off * off * off;
      most = Math.max(most, Math.abs(off));
    }
    // var(a − 2b + c) = 6 κ₂, third cumulant (1 − 8 + 1) κ₃; Σ(d − mean)³ → κ₃ (n−1)(n−2)/n
    double area = side * side;
    double n = cells;
    return new Moments(
        sum / (3 * n * area),
        new Variance(square / (6 * (n - 1) * area), n - 1),
        cube * n / ((n - 1) * (n - 2) * -6 * area),
        most / Math.sqrt(6));
  }

  /** Lowest and highest sum of three frames that a pixel has which is neither dead nor hot. */
  private static double[] range(int[][] frames, boolean[] good, int width, int x0, int y0) {
    long[] sums = new long[SIDE * SIDE];
    int n = 0;
    for (int y = y0; y < y0 + SIDE; y++) {
      for (int i = y * width + x0; i < y * width + x0 + SIDE; i++) {
        if (good[i]) {
          sums[n++] = (long) frames[0][i] + frames[1][i] + frames[2][i];
        }
      }
    }
    if (n == 0) {
      return new double[] {0, 0};
    }
    Arrays.sort(sums, 0, n);
    // 1.349 standard deviations of a normal distribution between the quartiles
    double sigma = Math.max(1, (sums[3 * n / 4] - sums[n / 4]) / 1.349);
    return new double[] {sums[n / 2] - HOT * sigma, sums[n / 2] + HOT * sigma};
  }

  private static boolean isGood(
      int[][] frames, boolean[] good, double[] range, int width, int x0, int y0) {
    for (int y = y0; y < y0 + LARGE; y++) {
      for (int i = y * width + x0; i < y * width + x0 + LARGE; i++) {
        long sum = (long) frames[0][i] + frames[1][i] + frames[2][i];
        if (!good[i] || sum < range[0] || sum > range[1]) {
          return false;
        }
      }
    }
    return true;
  }

  private static double sum(int[] frame, int width, int at, int side) {
    double sum = 0;
    for (int y = 0; y < side; y++) {
      for (int i = at + y * width; i < at + y * width + side; i++) {
        sum += frame[i];
      }
    }
    return sum;
  }
}
