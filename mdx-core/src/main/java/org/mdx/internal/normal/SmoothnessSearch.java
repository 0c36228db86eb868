package org.mdx.internal.normal;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleFunction;
import org.mdx.parallel.Parallel;

/**
 * Finds from the data how much smoother than asked for a term should be: the factor f of its
 * regularisers with the least C = χ² + 2 φ tr H (C. L. Mallows, Technometrics 15, 661, 1973), which
 * is what the fit would be off in new data of the same kind. H = AᵀA (AᵀA + f Σ αₖ BₖᵀBₖ)⁻¹ counts
 * how many parameters the data have fitted, φ is χ² per observation.
 *
 * <p>tr H is estimated as the mean of zᵀ H z over a few vectors of random signs (M. F. Hutchinson,
 * Commun. Stat. Simul. 18, 1059, 1989), the same for all f and in every run.
 */
public final class SmoothnessSearch {
  /** Ratio of one factor to the one before. */
  private static final double RATIO = 10;

  private static final int MOST = 6;

  /** Control points that all random vectors together have at least, and most vectors. */
  private static final int ENOUGH = 10_000;

  private static final int PROBES = 8;
  private static final double TOLERANCE = 1e-3;
  private static final int ITERATIONS = 2_000;

  private final BandMatrix aa;
  private final double[] ay;
  private final double yy;
  private final long n;
  private final double[][] probe;
  private final double[][] solved;
  private final double[] u;
  private final Parallel parallel;

  /**
   * A search.
   *
   * @param aa AᵀA
   * @param ay Aᵀy
   * @param yy yᵀy
   * @param n observations
   * @param u where to start; at the end a rough fit from where the proper one can start
   * @param parallel threads
   */
  public SmoothnessSearch(
      BandMatrix aa, double[] ay, double yy, long n, double[] u, Parallel parallel) {
    this.aa = aa;
    this.ay = ay;
    this.yy = yy;
    this.n = n;
    this.u = u;
    this.parallel = parallel;
    Random random = new Random(1);
    int probes = Math.min(PROBES, 1 + ENOUGH / Math.max(1, ay.length));
    probe = new double[probes][ay.length];
    for (double[] z : probe) {
      Arrays.setAll(z, p -> random.nextBoolean() ? 1 : -1);
    }
    solved = new double[probes][ay.length];
  }

  /**
   * Searches upward from 1 until C rises.
   *
   * @param regularised AᵀA and the regularisers times a factor
   * @return the best factor, 1 or more
   */
  public double best(DoubleFunction<BandMatrix> regularised) {
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    double spread = 0;
    double factor = 1;
    for (int i = 0; i < MOST; i++) {
      solve(regularised.apply(factor));
      double chiSquare = aa.misfit(u, ay, yy);
      if (i == 0) {
        spread = chiSquare / n;
      }
      double c = chiSquare + 2 * spread * parameters();
      if (!(c < least)) {
        return best;
      }
      least = c;
      best = factor;
      factor *= RATIO;
    }
    return best;
  }

  /** The fit and G⁻¹ z, each from where it was with the factor before. */
  private void solve(BandMatrix g) {
    parallel.forEach(
        probe.length + 1,
        k ->
            g.solve(k == 0 ? ay : probe[k - 1], k == 0 ? u : solved[k - 1], TOLERANCE, ITERATIONS));
  }

  /** tr H. */
  private double parameters() {
    double sum = 0;
    double[] az = new double[u.length];
    for (int k = 0; k < probe.length; k++) {
      aa.multiply(solved[k], az);
      for (int p = 0; p < az.length; p++) {
        sum += probe[k][p] * az[p];
      }
    }
    return sum / probe.length;
  }
}
