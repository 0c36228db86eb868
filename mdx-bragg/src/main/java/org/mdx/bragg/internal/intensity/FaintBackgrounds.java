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

  /** Reflections that tell what images have against the others. */
  private static final int FEWEST = 12;

  /** Images whose levels differ less are not looked at one by one. */
  private static final double ALIKE = 2;

  /** Rounds in which levels and what is usual come to agree. */
  private static final int ROUNDS = 6;

  /** Least level of images: below it they have none of the beam, and nothing casts a shadow. */
  private static final double LEAST = 0.01;

  /**
   * Finds them. Where all of the images of a reflection have less background than the others, as
   * behind attenuators, that is no shadow: it is compared with what is usual there.
   *
   * @param angle scattering angle, or what rises with it
   * @param mean background of a pixel and frame
   * @param sigma its standard deviation
   * @param image where each lies along the scan, in images
   * @return their numbers, rising; none if there are too few to compare with
   */
  public static int[] find(double[] angle, double[] mean, double[] sigma, double[] image) {
    int n = angle.length;
    if (n <= 2 * BESIDE) {
      return new int[0];
    }
    int[] order = order(angle);
    double[] usual = usual(order, mean);
    double[] level = levels(image, mean, usual);
    boolean alike = Arrays.stream(level).allMatch(v -> v > 1 / ALIKE && v < ALIKE);
    for (int round = 0; round < ROUNDS && !alike; round++) {
      usual = usual(order, over(mean, level));
      level = levels(image, mean, usual);
    }
    double[] leveled = alike ? mean : over(mean, level);
    double[] errors = alike ? sigma : over(sigma, level);
    double[] error = usual(order, errors);
    double[] expected = usual;
    return IntStream.range(0, n)
        .filter(
            i ->
                leveled[i] < FAINT * expected[i]
                    && expected[i] - leveled[i] > SIGNIFICANT * Math.max(error[i], errors[i]))
        .toArray();
  }

  private static double[] over(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] / b[i]).toArray();
  }

  private static int[] order(double[] by) {
    return IntStream.range(0, by.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> by[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  /** Medians of those beside each. */
  private static double[] usual(int[] order, double[] of) {
    int n = order.length;
    double[] out = new double[n];
    double[] beside = new double[2 * BESIDE + 1];
    for (int k = 0; k < n; k++) {
      int from = Math.max(0, Math.min(n - beside.length, k - BESIDE));
      for (int i = 0; i < beside.length; i++) {
        beside[i] = of[order[from + i]];
      }
      Arrays.sort(beside);
      out[order[k]] = beside[BESIDE];
    }
    return out;
  }

  /** What the images of each have of the usual background: medians of as few images as will do. */
  private static double[] levels(double[] image, double[] mean, double[] usual) {
    int[] order = order(image);
    double[] out = new double[image.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      double end = Double.NEGATIVE_INFINITY;
      while (to < order.length && (to - from < FEWEST || image[order[to]] < end)) {
        end = Math.floor(image[order[to]]) + 1;
        to++;
      }
      int[] block = Arrays.copyOfRange(order, from, to);
      double[] ratio = Arrays.stream(block).mapToDouble(i -> mean[i] / usual[i]).sorted().toArray();
      double middle = ratio[ratio.length / 2];
      for (int i : block) {
        out[i] = middle > LEAST ? middle : 1;
      }
      from = to;
    }
    return out;
  }
}
