package org.mdx.microed.detector;

/**
 * Moments in time of the pixels of one tile over a run of frames. Frame means and pixel means are
 * taken off first, so that neither a flickering beam nor the pattern of the scattering counts as
 * noise. A quantum that lights up several pixels makes them vary together, so there are also
 * variances of sums over square cells, divided by the cell's area.
 *
 * @param mean of the pixels
 * @param pixels variance of a pixel
 * @param small variance of cells of 2 × 2, for each pixel
 * @param large variance of cells of 4 × 4, for each pixel
 * @param third third cumulant of cells of 4 × 4, for each pixel
 * @param most largest deviation of a pixel upwards
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
  static final int SIDE = 32;

  private static final int LARGE = 4;
  private static final int SMALL = 2;
  private static final int MIN_CELLS = 24;

  /** Moments of sums over cells, for each pixel. */
  private record Moments(double mean, Variance variance, double third, double most) {}

  /**
   * The tile whose corner is (x0, y0) in a run of frames of a width; null if too few cells are good
   * throughout.
   */
  static NoiseTile of(int[][] frames, boolean[] good, int width, int x0, int y0) {
    int[] corners = new int[SIDE / LARGE * (SIDE / LARGE)];
    int cells = 0;
    for (int y = y0; y < y0 + SIDE; y += LARGE) {
      for (int x = x0; x < x0 + SIDE; x += LARGE) {
        if (isGood(good, width, x, y)) {
          corners[cells++] = y * width + x;
        }
      }
    }
    if (cells < MIN_CELLS) {
      return null;
    }
    Moments pixels = moments(frames, corners, cells, width, 1);
    Moments large = moments(frames, corners, cells, width, LARGE);
    return new NoiseTile(
        pixels.mean,
        pixels.variance,
        moments(frames, corners, cells, width, SMALL).variance,
        large.variance,
        large.third,
        pixels.most);
  }

  /** Moments of sums over cells of a side, which tile the large cells at the corners. */
  private static Moments moments(int[][] frames, int[] corners, int count, int width, int side) {
    int across = LARGE / side;
    int cells = count * across * across;
    int n = frames.length;
    double[][] sums = new double[n][cells];
    for (int f = 0; f < n; f++) {
      for (int c = 0; c < cells; c++) {
        int within = c % (across * across);
        int corner = corners[c / (across * across)];
        int at = corner + within / across * side * width + within % across * side;
        sums[f][c] = sum(frames[f], width, at, side);
      }
    }
    double mean = centre(sums, cells);
    double square = 0;
    double cube = 0;
    double most = 0;
    for (double[] row : sums) {
      for (double d : row) {
        square += d * d;
        cube += d * d * d;
        most = Math.max(most, d);
      }
    }
    // E Σd³ = κ₃ (n−1)(n−2)/n for n values about their mean, here along both axes
    double freedom = (n - 1.0) * (cells - 1.0);
    double third = cube * n * cells / (freedom * (n - 2) * (cells - 2));
    double area = side * side;
    return new Moments(
        mean / area, new Variance(square / freedom / area, freedom), third / area, most);
  }

  private static boolean isGood(boolean[] good, int width, int x0, int y0) {
    for (int y = y0; y < y0 + LARGE; y++) {
      for (int x = x0; x < x0 + LARGE; x++) {
        if (!good[y * width + x]) {
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

  /** Takes off the means of rows and of columns; returns the mean of all. */
  private static double centre(double[][] rows, int columns) {
    double[] column = new double[columns];
    double all = 0;
    for (double[] row : rows) {
      double mean = 0;
      for (int c = 0; c < columns; c++) {
        mean += row[c] / columns;
      }
      all += mean / rows.length;
      for (int c = 0; c < columns; c++) {
        row[c] -= mean;
        column[c] += row[c] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int c = 0; c < columns; c++) {
        row[c] -= column[c];
      }
    }
    return all;
  }
}
