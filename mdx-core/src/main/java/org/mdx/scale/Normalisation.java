package org.mdx.scale;

/**
 * Makes a, b and d one on average, without a change of a d (b M + c) but for a common factor of all
 * M.
 */
final class Normalisation {
  private final Refinement.Terms terms;
  private final double[] sum;
  private final int sweeps;

  /**
   * Prepares.
   *
   * @param terms changed in place
   * @param sum for each sweep the number of observations and the sums of a, b and d
   */
  Normalisation(Refinement.Terms terms, double[] sum) {
    this.terms = terms;
    this.sum = sum;
    this.sweeps = sum.length / 4;
  }

  void run() {
    boolean scaled = sweeps > 0 && terms.b[0] != null;
    double meanD = mean(3);
    if (terms.d != null && meanD > 0) {
      divide(terms.d, meanD);
      for (int t = 0; t < sweeps; t++) {
        absorb(t, meanD);
      }
    }
    double meanA = mean(1);
    for (int t = 0; t < sweeps; t++) {
      double own = sum[4 * t] > 0 ? sum[4 * t + 1] / sum[4 * t] : 1;
      double factor = scaled ? own : meanA;
      if (terms.a[t] != null && factor > 0) {
        divide(terms.a[t], factor);
        absorb(t, factor);
      }
    }
    if (scaled) {
      double meanB = meanOfB();
      for (int t = 0; t < sweeps && meanB > 0; t++) {
        divide(terms.b[t], meanB);
      }
    }
  }

  /** Multiplies b and c of a sweep. */
  private void absorb(int sweep, double factor) {
    if (terms.b[sweep] != null) {
      divide(terms.b[sweep], 1 / factor);
    }
    if (terms.c[sweep] != null) {
      divide(terms.c[sweep], 1 / factor);
    }
    sum[4 * sweep + 2] *= factor;
  }

  private double meanOfB() {
    return mean(2);
  }

  private double mean(int column) {
    double n = 0;
    double total = 0;
    for (int t = 0; t < sweeps; t++) {
      n += sum[4 * t];
      total += sum[4 * t + column];
    }
    return n > 0 ? total / n : 1;
  }

  private static void divide(TermGrid grid, double by) {
    for (int p = 0; p < grid.values.length; p++) {
      grid.values[p] /= by;
    }
  }
}
