package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.Covariance;

/**
 * The strengths of random walks that make the observations most likely, with the cost taken as
 * quadratic about the parameters as they are (Laplace's approximation). Each round solves for the
 * parameters and sets λ = (n − λ Σ var step)/Σ step² for the n steps of a walk, which raises the
 * marginal likelihood (MacKay 1992, Neural Comput. 4, 415; Wood &amp; Fasiolo 2017, Biometrics 73,
 * 1071).
 */
final class WalkStrengths {
  /** Strength, over that of the observations of one value, that keeps all values alike. */
  private static final double STILL = 1e4;

  private static final int ROUNDS = 12;
  private static final double SETTLED = 0.05;

  private final List<RandomWalk> walks;
  private final int[] free;
  private final int[] among;
  private final double[] p;
  private final ArrowMatrix curvature; // half the second derivatives of the cost of observations
  private final double[] gradient; // half of it
  private final double noise; // variance of the gradient over the curvature

  WalkStrengths(
      FitModel model, FitProblem problem, int[] free, double[] p, FitProblem.Information known) {
    walks = model.walks();
    this.free = free;
    this.p = p;
    among = problem.among();
    curvature = known.normal().scaled(known.slope(), ones());
    noise = known.squares() / known.slope();
    gradient = known.gradient();
  }

  private double[] ones() {
    double[] out = new double[free.length];
    Arrays.fill(out, 1);
    return out;
  }

  /** The first strengths: each step as well known as a value is by its observations. */
  void start() {
    walks.forEach(w -> w.strength(w.curvature(among, curvature)));
  }

  /** Whether anything changes along a scan. */
  boolean moves() {
    return walks.stream().anyMatch(w -> w.strength() < STILL / 2 * w.curvature(among, curvature));
  }

  /**
   * Finds better strengths.
   *
   * @return how much their logarithms changed at the most
   */
  double improve() {
    double[] before = walks.stream().mapToDouble(RandomWalk::strength).toArray();
    double change = 1;
    for (int round = 0; round < ROUNDS && change > SETTLED; round++) {
      ArrowMatrix normal = curvature.scaled(1, ones());
      double[] slope = gradient.clone();
      for (RandomWalk w : walks) {
        w.add(p, among, 1, slope, normal);
      }
      Covariance inverse = Covariance.of(normal);
      double[] step = inverse.times(slope);
      double[] best = p.clone();
      for (int i = 0; i < free.length; i++) {
        best[free[i]] -= step[i];
      }
      change = 0;
      for (RandomWalk w : walks) {
        double most = STILL * w.curvature(among, curvature);
        double known = w.steps() - w.strength() * w.variances(among, inverse);
        double next = noise * Math.max(0, known) / w.roughness(best);
        next = next < most ? next : most; // NaN too
        change = Math.max(change, Math.abs(Math.log(next / w.strength())));
        w.strength(next);
      }
    }
    double most = 0;
    for (int i = 0; i < before.length; i++) {
      most = Math.max(most, Math.abs(Math.log(walks.get(i).strength() / before[i])));
    }
    return most;
  }
}
