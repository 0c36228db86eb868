package org.mdx.scale;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * How much smoother than asked for a term should be, by its data: the factor f of its regularisers
 * with the least C = χ² + 2 φ tr H (C. L. Mallows, Technometrics 15, 661, 1973), which is what the
 * fit would be off in new data of the same kind. H = AᵀA (AᵀA + f Σ αₖ BₖᵀBₖ)⁻¹ counts how many
 * parameters the data have fitted, φ is χ² per observation.
 *
 * <p>tr H is estimated as the mean of zᵀ H z over a few vectors of random signs (M. F. Hutchinson,
 * Commun. Stat. Simul. 18, 1059, 1989), the same for all f and in every run.
 */
final class SmoothnessSearch {
  /** Ratio of one factor to the one before. */
  private static final double RATIO = 4;

  private static final int MOST = 12;
  private static final int PROBES = 4;
  private static final double TOLERANCE = 1e-5;
  private static final int ITERATIONS = 2_000;

  private final Stencil aa;
  private final double[] ay;
  private final double yy;
  private final long n;
  private final double[][] probe;
  private final double[][] solved;
  private final double[] u;

  /**
   * A search.
   *
   * @param aa AᵀA
   * @param ay Aᵀy
   * @param yy yᵀy
   * @param n observations
   */
  SmoothnessSearch(Stencil aa, double[] ay, double yy, long n) {
    this.aa = aa;
    this.ay = ay;
    this.yy = yy;
    this.n = n;
    Random random = new Random(1);
    probe = new double[PROBES][ay.length];
    for (double[] z : probe) {
      Arrays.setAll(z, p -> random.nextBoolean() ? 1 : -1);
    }
    solved = new double[PROBES][ay.length];
    u = new double[ay.length];
  }

  /**
   * Searches upward from 1 until C has risen twice.
   *
   * @param regularised AᵀA and the regularisers times a factor
   * @return the best factor, 1 or more
   */
  double best(DoubleFunction<Stencil> regularised) {
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    double spread = 0;
    int risen = 0;
    double factor = 1;
    for (int i = 0; i < MOST && risen < 2; i++) {
      Stencil g = regularised.apply(factor);
      g.solve(ay, u, TOLERANCE, ITERATIONS);
      double chiSquare = aa.misfit(u, ay, yy);
      if (i == 0) {
        spread = chiSquare / n;
      }
      double c = chiSquare + 2 * spread * parameters(g);
      if (c < least) {
        least = c;
        best = factor;
        risen = 0;
      } else {
        risen++;
      }
      factor *= RATIO;
    }
    return best;
  }

  /** tr H. */
  private double parameters(Stencil g) {
    double sum = 0;
    double[] az = new double[u.length];
    for (int k = 0; k < PROBES; k++) {
      g.solve(probe[k], solved[k], TOLERANCE, ITERATIONS);
      aa.multiply(solved[k], az);
      for (int p = 0; p < az.length; p++) {
        sum += probe[k][p] * az[p];
      }
    }
    return sum / PROBES;
  }
}
