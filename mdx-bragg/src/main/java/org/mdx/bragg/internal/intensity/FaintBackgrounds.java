package org.mdx.bragg.internal.intensity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Reflections about which there is much less background than about others at their scattering
 * angle: they lie in the shadow of something in front of the detector, and so do their peaks.
 */
public final class FaintBackgrounds {
  /** Others at the angle, to either side. */
  private static final int BESIDE = 25;

  /** What the background is of that of others, at the most. */
  private static final double FAINT = 0.25;

  /** Standard deviations by which it is less. */
  private static final double SIGNIFICANT = 5;

  private FaintBackgrounds() {}

  /**
   * Finds them.
   *
   * @param angle scattering angle, or what rises with it
   * @param mean background of a pixel and frame
   * @param sigma its standard deviation
   * @return their numbers, rising; none if there are too few to compare with
   */
  public static int[] find(double[] angle, double[] mean, double[] sigma) {
    int n = angle.length;
    if (n <= 2 * BESIDE) {
      return new int[0];
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> angle[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] of = new double[2 * BESIDE + 1];
    double[] error = new double[2 * BESIDE + 1];
    return IntStream.range(0, n)
        .filter(
            k -> {
              int from = Math.max(0, Math.min(n - of.length, k - BESIDE));
              for (int i = 0; i < of.length; i++) {
                of[i] = mean[order[from + i]];
                error[i] = sigma[order[from + i]];
              }
              Arrays.sort(of);
              Arrays.sort(error);
              double usual = of[BESIDE];
              double found = mean[order[k]];
              return found < FAINT * usual && usual - found > SIGNIFICANT * error[BESIDE];
            })
        .map(k -> order[k])
        .sorted()
        .toArray();
  }
}
