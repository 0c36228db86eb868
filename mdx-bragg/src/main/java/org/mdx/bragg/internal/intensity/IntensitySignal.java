package org.mdx.bragg.internal.intensity;

import java.util.Arrays;
import java.util.Locale;
import org.mdx.table.EmptyResultException;

/** Whether intensities are more than noise, and means that a few of them do not decide. */
public final class IntensitySignal {
  /** Shells of resolution, and measurements of the smallest. */
  private static final int SHELLS = 10;

  private static final int FEWEST = 20;

  /** Standard deviations of the sum of a shell that noise does not reach. */
  private static final double SIGNAL = 4.5;

  /** Of these parts of the values, from the smallest up, comes a first mean. */
  private static final double USUAL = 0.95;

  /** Values beyond so many means are no members of a Wilson distribution. */
  private static final double OUTLIER = 16;

  private IntensitySignal() {}

  /**
   * Requires a shell of resolution in which the mean intensity is above 0 beyond doubt.
   *
   * @param value intensities
   * @param variance of each
   * @param resolution of each, as a number that grows with 1/d
   * @throws EmptyResultException if there is none
   */
  public static void require(double[] value, double[] variance, double[] resolution) {
    int n = value.length;
    double[] sorted = resolution.clone();
    Arrays.sort(sorted);
    int shells = Math.max(1, Math.min(SHELLS, n / FEWEST));
    double[] sum = new double[shells];
    double[] error = new double[shells];
    double[] edges = new double[shells];
    for (int b = 0; b < shells; b++) {
      edges[b] = sorted[(int) ((long) n * b / shells)];
    }
    double all = 0;
    double sigmas = 0;
    for (int i = 0; i < n; i++) {
      int b = Arrays.binarySearch(edges, resolution[i]);
      b = b < 0 ? Math.max(0, -b - 2) : b;
      sum[b] += value[i];
      error[b] += variance[i];
      all += value[i];
      sigmas += Math.sqrt(variance[i]);
    }
    for (int b = 0; b < shells; b++) {
      if (sum[b] > SIGNAL * Math.sqrt(error[b])) {
        return;
      }
    }
    throw new EmptyResultException(
        String.format(
            Locale.ROOT,
            "the %d intensities are noise: their mean is %.2f of their mean standard deviation, and"
                + " in no shell of resolution it is above 0 beyond doubt; look at the images and"
                + " the integration",
            n,
            all / sigmas));
  }

  /**
   * The mean of intensities without those that are far beyond the others.
   *
   * @param values one or more; put in order
   * @return the mean
   */
  public static double mean(double[] values) {
    Arrays.sort(values);
    int usual = Math.max(1, (int) (USUAL * values.length));
    double most = OUTLIER * Arrays.stream(values, 0, usual).sum() / usual;
    int kept = values.length;
    while (most > 0 && kept > usual && values[kept - 1] > most) {
      kept--;
    }
    return Arrays.stream(values, 0, kept).sum() / kept;
  }
}
