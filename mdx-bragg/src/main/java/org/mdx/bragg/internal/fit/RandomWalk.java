package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The prior of values along a scan: each differs from the one before by a normal step of variance
 * τ². Adds Σ (step/τ)² to the cost. τ² of a group of values is that of the largest marginal
 * likelihood, approached by EM: the mean of the squared steps and of their posterior variances.
 */
final class RandomWalk {

  /** Places of two values that follow each other among the free parameters. */
  private record Step(int group, int from, int to) {}

  private final int[] free;
  private final List<Step> steps = new ArrayList<>();
  private final List<Double> variances = new ArrayList<>();
  private final List<Double> least = new ArrayList<>();

  RandomWalk(int[] free) {
    this.free = free;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Begins a group with the step that is expected at first. */
  void group(double tau) {
    variances.add(tau * tau);
    least.add(1e-6 * tau * tau);
  }

  /** Adds a step of the group begun last; places are among the free parameters. */
  void step(int from, int to) {
    steps.add(new Step(variances.size() - 1, from, to));
  }

  double cost(double[] p) {
    double sum = 0;
    for (Step s : steps) {
      double d = p[free[s.to]] - p[free[s.from]];
      sum += d * d / variances.get(s.group);
    }
    return sum;
  }

  /** Adds half the gradient and half the second derivatives. */
  void add(double[] p, double[] gradient, DMatrixRMaj normal) {
    for (Step s : steps) {
      double precision = 1 / variances.get(s.group);
      double d = p[free[s.to]] - p[free[s.from]];
      gradient[s.to] += d * precision;
      gradient[s.from] -= d * precision;
      normal.add(s.to, s.to, precision);
      normal.add(s.from, s.from, precision);
      normal.add(s.to, s.from, -precision);
      normal.add(s.from, s.to, -precision);
    }
  }

  /**
   * A step of EM.
   *
   * @param covariance of the free parameters given the observations and the prior as it is
   * @return the largest relative change of a τ
   */
  double update(double[] p, DMatrixRMaj covariance) {
    double[] sums = new double[variances.size()];
    int[] counts = new int[sums.length];
    for (Step s : steps) {
      double d = p[free[s.to]] - p[free[s.from]];
      double variance =
          covariance.get(s.to, s.to)
              + covariance.get(s.from, s.from)
              - 2 * covariance.get(s.to, s.from);
      sums[s.group] += d * d + variance;
      counts[s.group]++;
    }
    double change = 0;
    for (int g = 0; g < sums.length; g++) {
      if (counts[g] > 0 && sums[g] > 0) {
        // EM creeps towards steps of zero; the square of its factor is as safe and twice as fast
        double factor = sums[g] / counts[g] / variances.get(g);
        double next = Math.max(least.get(g), variances.get(g) * factor * factor);
        change = Math.max(change, Math.abs(Math.sqrt(next / variances.get(g)) - 1));
        variances.set(g, next);
      }
    }
    return change;
  }
}
