package org.mdx.bragg.twin;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.mdx.bragg.internal.intensity.PairSums;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;

/**
 * Pairs of reflections that a twin law makes equivalent. Pairs are chosen by their sums: these, and
 * H, are independent of each other, so that no choice of them changes H.
 */
final class HStatistics {
  /** Standard deviations that the sum of a pair has at least. */
  private static final double SIGNIFICANT = 5;

  /** Part of the pairs, those with the smallest parts of I₁ + I₂, that the plot leaves out. */
  private static final double ROUNDED = 0.2;

  /** Variance of H by errors below which pairs count alike. */
  private static final double EVEN = 0.01;

  private final SpaceGroup group;
  private final Map<Long, Integer> place = new HashMap<>();
  private final int[] hkl;
  private final double[] e2;
  private final double[] variance;

  /**
   * Acentric reflections.
   *
   * @param group over which they are merged
   * @param hkl indices in its asymmetric unit
   * @param e2 intensities over the means of their shells
   * @param variance of e2
   */
  HStatistics(SpaceGroup group, int[] hkl, double[] e2, double[] variance) {
    this.group = group;
    this.hkl = hkl;
    this.e2 = e2;
    this.variance = variance;
    for (int i = 0; i < e2.length; i++) {
      place.put(key(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]), i);
    }
  }

  private long key(int h, int k, int l) {
    ReciprocalAsu.Mapped m = group.asu().map(h, k, l);
    return NeighbourRatio.key(m.h(), m.k(), m.l());
  }

  /** Looks at a law. */
  TwinLaw of(ChangeOfBasis law) {
    int[] m = law.indexMatrix(1, 1, 1);
    double[] share = new double[e2.length];
    int n = 0;
    double sum = 0;
    double squares = 0;
    // Σw, Σw², and of the weighted pairs H² and what errors add to it
    double[] weighted = new double[4];
    PairSums sums = new PairSums();
    for (int i = 0; i < e2.length; i++) {
      int j = mate(i, m);
      double both = j < 0 ? 0 : e2[i] + e2[j];
      double noise = j < 0 ? 0 : variance[i] + variance[j];
      if (j > i && both > SIGNIFICANT * Math.sqrt(noise)) {
        double h = (e2[i] - e2[j]) / both;
        sum += Math.abs(h);
        squares += h * h;
        double w = 1 / (EVEN + noise / (both * both));
        double error = (1 + h * h) * noise - 2 * h * (variance[i] - variance[j]);
        weighted[0] += w;
        weighted[1] += w * w;
        weighted[2] += w * h * h;
        weighted[3] += w * error / (both * both);
        share[n++] = (1 - Math.abs(h)) / 2;
        sums.add(e2[i], e2[j]);
        sums.add(e2[j], e2[i]);
      }
    }
    double[] fraction = fraction(weighted);
    return new TwinLaw(
        law,
        n,
        n < 3 ? Double.NaN : sums.correlation(),
        sum / n,
        squares / n,
        n == 0 ? Double.NaN : fraction[0],
        n == 0 ? Double.NaN : fraction[1],
        n == 0 ? Double.NaN : britton(Arrays.copyOf(share, n)));
  }

  /** α from the mean of H² less that of errors, and its standard deviation. */
  private static double[] fraction(double[] weighted) {
    double error = weighted[3] / weighted[0];
    double range = 3 * Math.max(0, weighted[2] / weighted[0] - error);
    double effective = weighted[0] * weighted[0] / weighted[1];
    // variance of the square of a uniform number and a normal one
    double variance = 4 / 45.0 * range * range + 4 / 3.0 * range * error + 2 * error * error;
    double root = Math.sqrt(range);
    double more = 3 * Math.sqrt(variance / effective);
    double below = Math.sqrt(range + more) - root;
    double above = root - Math.sqrt(Math.max(0, range - more));
    return new double[] {Math.max(0, (1 - root) / 2), Math.max(below, above) / 2};
  }

  private int mate(int i, int[] m) {
    int[] image = new int[3];
    for (int j = 0; j < 3; j++) {
      int of = hkl[3 * i] * m[j] + hkl[3 * i + 1] * m[3 + j] + hkl[3 * i + 2] * m[6 + j];
      if (of % m[9] != 0) {
        return -1;
      }
      image[j] = of / m[9];
    }
    return place.getOrDefault(key(image[0], image[1], image[2]), -1);
  }

  /**
   * The weaker one of a pair is negative after detwinning with more than its part of the sum. The
   * part that q of all pairs are below is α + (1/2 − α)·q; errors round the lower end.
   */
  private static double britton(double[] share) {
    Arrays.sort(share);
    double top = 0;
    double bottom = 0;
    for (int i = 0; i < share.length; i++) {
      double q = (i + 0.5) / share.length;
      if (q > ROUNDED) {
        top += (0.5 - share[i]) * (1 - q);
        bottom += (1 - q) * (1 - q);
      }
    }
    return bottom == 0 ? Double.NaN : Math.max(0, 0.5 - top / bottom);
  }
}
