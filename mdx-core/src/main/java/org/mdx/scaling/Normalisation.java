package org.mdx.scaling;

import java.io.Serializable;
import org.mdx.internal.normal.TermGrid;

/**
 * Makes a, b and d one on average over the observations in use, without a change of a d (b M + c)
 * but for a common factor of all M: what is taken off a and d goes into b and c of the same sweep,
 * or, without b, off all sweeps alike.
 */
final class Normalisation implements Serializable {
  private static final long serialVersionUID = 1;

  /** Observations of each sweep, and sums of the terms over them. */
  private final double[] n;

  private final double[] a;
  private final double[] b;
  private final double[] d;

  Normalisation(int sweeps) {
    n = new double[sweeps];
    a = new double[sweeps];
    b = new double[sweeps];
    d = new double[sweeps];
  }

  /** Adds the observations of a block. */
  void add(Block block, Evaluation x) {
    for (int t = 0; t < n.length; t++) {
      for (int i = block.start[t]; i < block.start[t + 1]; i++) {
        if (block.isUsed(i)) {
          n[t]++;
          a[t] += x.a[i];
          b[t] += x.b[i];
          d[t] += x.d[i];
        }
      }
    }
  }

  /** Adds the sums of other blocks. */
  void add(Normalisation other) {
    for (int t = 0; t < n.length; t++) {
      n[t] += other.n[t];
      a[t] += other.a[t];
      b[t] += other.b[t];
      d[t] += other.d[t];
    }
  }

  /** Changes the terms in place. */
  void apply(Terms terms) {
    boolean scaled = terms.b[0] != null;
    double meanD = mean(d);
    double meanA = mean(a);
    divide(terms.d, meanD);
    for (int t = 0; t < n.length; t++) {
      double ownA = scaled && n[t] > 0 ? a[t] / n[t] : meanA;
      double factor = ownA > 0 ? meanD * ownA : meanD;
      divide(terms.a[t], ownA);
      divide(terms.b[t], 1 / factor);
      divide(terms.c[t], 1 / factor);
      b[t] *= factor;
    }
    double meanB = mean(b);
    for (int t = 0; t < n.length; t++) {
      divide(terms.b[t], meanB);
    }
  }

  private double mean(double[] sums) {
    double all = 0;
    double total = 0;
    for (int t = 0; t < n.length; t++) {
      all += n[t];
      total += sums[t];
    }
    return total > 0 ? total / all : 1;
  }

  private static void divide(TermGrid grid, double by) {
    for (int p = 0; grid != null && by > 0 && p < grid.values.length; p++) {
      grid.values[p] /= by;
    }
  }
}
