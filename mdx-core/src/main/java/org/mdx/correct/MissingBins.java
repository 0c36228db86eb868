package org.mdx.correct;

/** Fills bins without data from their neighbours. */
final class MissingBins {
  private MissingBins() {}

  /**
   * Gives each missing bin, ring by ring from those that have data, the mean rate and the mean
   * variance of its known neighbours among the eight in its plane of equal φ; planes without any
   * data take the nearest plane's. Without data anywhere nothing changes.
   *
   * @param rate in the order (φ, iy, ix), NaN for missing; filled in place
   * @param variance likewise
   * @param planes number of planes
   * @param rows bins along iy
   * @param columns bins along ix
   */
  static void fill(double[] rate, double[] variance, int planes, int rows, int columns) {
    int size = rows * columns;
    boolean[] hasData = new boolean[planes];
    for (int m = 0; m < planes; m++) {
      hasData[m] = fillPlane(rate, variance, m * size, rows, columns);
    }
    for (int m = 0; m < planes; m++) {
      int nearest = hasData[m] ? m : nearest(hasData, m);
      if (nearest >= 0 && nearest != m) {
        System.arraycopy(rate, nearest * size, rate, m * size, size);
        System.arraycopy(variance, nearest * size, variance, m * size, size);
      }
    }
  }

  private static int nearest(boolean[] hasData, int m) {
    for (int d = 1; d < hasData.length; d++) {
      if (m - d >= 0 && hasData[m - d]) {
        return m - d;
      }
      if (m + d < hasData.length && hasData[m + d]) {
        return m + d;
      }
    }
    return -1;
  }

  /** Returns whether the plane has data. */
  private static boolean fillPlane(
      double[] rate, double[] variance, int at, int rows, int columns) {
    int[] ring = new int[rows * columns];
    double[] newRate = new double[ring.length];
    double[] newVariance = new double[ring.length];
    while (true) {
      int missing = 0;
      int n = 0;
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int i = y * columns + x;
          if (!Double.isNaN(rate[at + i])) {
            continue;
          }
          missing++;
          int known = 0;
          double sum = 0;
          double varianceSum = 0;
          for (int v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
            for (int u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
              int j = at + v * columns + u;
              if (!Double.isNaN(rate[j])) {
                known++;
                sum += rate[j];
                varianceSum += variance[j];
              }
            }
          }
          if (known > 0) {
            ring[n] = i;
            newRate[n] = sum / known;
            newVariance[n++] = varianceSum / known;
          }
        }
      }
      if (n == 0) {
        return missing < rows * columns;
      }
      for (int r = 0; r < n; r++) {
        rate[at + ring[r]] = newRate[r];
        variance[at + ring[r]] = newVariance[r];
      }
    }
  }
}
