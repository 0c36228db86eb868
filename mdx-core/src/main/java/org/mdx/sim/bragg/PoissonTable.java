package org.mdx.sim.bragg;

import org.mdx.internal.kernel.PoissonNoise;

/**
 * Poisson deviates of one mean by inversion, with a guide that begins the search (H.-C. Chen and Y.
 * Asau, AIIE Transactions 6, 163, 1974): a few nanoseconds each. Probabilities are multiples of
 * 2⁻³². Immutable.
 */
final class PoissonTable {
  private static final int GUIDE = 256;

  final double mean;
  private final int first;
  private final int[] guide = new int[GUIDE];
  private final long[] cumulative;

  /**
   * The table.
   *
   * @param mean 0 to 10⁶
   */
  PoissonTable(double mean) {
    this.mean = mean;
    double reach = 12 * Math.sqrt(mean);
    first = (int) Math.max(0, mean - reach - 12);
    int last = (int) (mean + reach + 24);
    cumulative = new long[last - first + 1];
    double sum = 0;
    double log = mean > 0 ? Math.log(mean) : 0;
    for (int k = first; k <= last; k++) {
      double p = k * log - mean - PoissonNoise.logFactorial(k);
      sum += mean > 0 ? Math.exp(p) : k == 0 ? 1 : 0;
      cumulative[k - first] = Math.min(1L << 32, Math.round(sum * 0x1p32));
    }
    cumulative[last - first] = 1L << 32;
    for (int g = 0, k = 0; g < GUIDE; g++) {
      while (cumulative[k] <= (long) g << 24) {
        k++;
      }
      guide[g] = k;
    }
  }

  /** The deviate that 32 random bits stand for. */
  int sample(int bits) {
    long u = bits & 0xFFFFFFFFL;
    int k = guide[bits >>> 24];
    while (u >= cumulative[k]) {
      k++;
    }
    return first + k;
  }
}
