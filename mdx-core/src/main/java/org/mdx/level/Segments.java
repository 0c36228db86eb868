package org.mdx.level;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs of images of one level each, which together explain the means of all images best. A mean of
 * n observations is taken for a gamma variate of shape n, which intensities with Wilson's
 * distribution make; a boundary has to be worth a penalty in the logarithm of the likelihood
 * (optimal partitioning with pruning; Killick, Fearnhead &amp; Eckley 2012, J. Am. Stat. Assoc.
 * 107, 1590).
 */
final class Segments {
  /** What a boundary must add to the logarithm of the likelihood. */
  private static final double PENALTY = 10;

  /** Sums of observations, and of observations times means, up to each image. */
  private final double[] count;

  private final double[] sum;

  private Segments(double[] n, double[] mean) {
    count = new double[n.length + 1];
    sum = new double[n.length + 1];
    for (int f = 0; f < n.length; f++) {
      count[f + 1] = count[f] + n[f];
      sum[f + 1] = sum[f] + n[f] * mean[f];
    }
  }

  /**
   * First images of the runs, from 0, rising, and the number of images.
   *
   * @param n observations of each image, 0 or more
   * @param mean of them, above 0
   */
  static int[] of(double[] n, double[] mean) {
    return new Segments(n, mean).best(n.length);
  }

  /** −ln of the likelihood of a run, up to what is the same for any runs. */
  private double cost(int from, int to) {
    double c = count[to] - count[from];
    return c <= 0 ? 0 : c * Math.log((sum[to] - sum[from]) / c);
  }

  private int[] best(int images) {
    double[] least = new double[images + 1];
    int[] last = new int[images + 1];
    least[0] = -PENALTY;
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int to = 1; to <= images; to++) {
      least[to] = Double.POSITIVE_INFINITY;
      for (int from : starts) {
        double c = least[from] + cost(from, to) + PENALTY;
        if (c < least[to]) {
          least[to] = c;
          last[to] = from;
        }
      }
      List<Integer> kept = new ArrayList<>();
      for (int from : starts) {
        if (least[from] + cost(from, to) <= least[to]) {
          kept.add(from);
        }
      }
      kept.add(to);
      starts = kept;
    }
    List<Integer> out = new ArrayList<>(List.of(images));
    for (int to = images; to > 0; to = last[to]) {
      out.add(0, last[to]);
    }
    return out.stream().mapToInt(Integer::intValue).toArray();
  }
}
