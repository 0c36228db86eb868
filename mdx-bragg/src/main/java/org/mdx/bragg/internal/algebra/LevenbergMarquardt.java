package org.mdx.bragg.internal.algebra;

/**
 * Levenberg–Marquardt on normal equations, damped by the gain ratio (Nielsen 1999,
 * IMM-REP-1999-05). Parameters are scaled so that the diagonal of the normal matrix is 1 at the
 * start.
 */
public final class LevenbergMarquardt {
  private static final double FIRST_DAMPING = 1e-6;
  private static final double MOST_DAMPING = 1e16;
  private static final double GAIN = 1e-10;

  /** Less than that, of twice a logarithm of a likelihood, moves nothing by 0.01 σ. */
  private static final double LEAST_GAIN = 1e-4;

  /** Expected gain, over the least one, from which a step is taken for granted. */
  private static final double AHEAD = 4;

  /** What is minimised. */
  public interface Problem {
    /**
     * The cost.
     *
     * @return infinity where the parameters make no sense
     */
    double cost(double[] p);

    /**
     * The cost, half the gradient, and the matrix that stands for half the second derivatives.
     *
     * @return the cost, to the bit; infinity where the parameters make no sense
     */
    double linearise(double[] p, double[] gradient, ArrowMatrix normal);
  }

  private LevenbergMarquardt() {}

  /**
   * Minimises from p, which is changed.
   *
   * @param form a matrix of the form of the problem's
   * @return steps that were taken
   */
  public static int minimise(Problem problem, double[] p, int[] free, ArrowMatrix form, int most) {
    ArrowMatrix normal = form;
    int n = free.length;
    double[] gradient = new double[n];
    double[] nextGradient = new double[n];
    ArrowMatrix nextNormal = normal.empty();
    double cost = problem.linearise(p, gradient, normal);
    double[] scale = normal.unitScale();
    double damping = FIRST_DAMPING;
    double growth = 2;
    int taken = 0;
    for (int trial = 0; taken < most && trial < 5 * most && damping < MOST_DAMPING; trial++) {
      double[] step = step(normal, gradient, scale, damping);
      if (step == null) {
        damping *= growth;
        growth *= 2;
        continue;
      }
      double[] next = p.clone();
      double expected = 0;
      for (int i = 0; i < n; i++) {
        next[free[i]] += scale[i] * step[i];
        expected += step[i] * (damping * step[i] - gradient[i] * scale[i]);
      }
      // a step that gains much is hardly ever the last one, so the cost comes with what the next
      // needs
      boolean ahead = expected > AHEAD * Math.max(LEAST_GAIN, GAIN * cost);
      double nextCost =
          ahead ? problem.linearise(next, nextGradient, nextNormal) : problem.cost(next);
      if (nextCost < cost) {
        double ratio = (cost - nextCost) / expected;
        System.arraycopy(next, 0, p, 0, p.length);
        taken++;
        if (cost - nextCost <= Math.max(LEAST_GAIN, GAIN * cost)) {
          break;
        }
        if (ahead) {
          double[] gradientBefore = gradient;
          gradient = nextGradient;
          nextGradient = gradientBefore;
          ArrowMatrix normalBefore = normal;
          normal = nextNormal;
          nextNormal = normalBefore;
          cost = nextCost;
        } else {
          cost = problem.linearise(p, gradient, normal);
        }
        damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * ratio - 1, 3));
        growth = 2;
      } else if (expected <= Math.max(LEAST_GAIN, GAIN * cost)) {
        break;
      } else {
        damping *= growth;
        growth *= 2;
      }
    }
    return taken;
  }

  /** The step of the scaled parameters, or null if the system cannot be solved. */
  private static double[] step(
      ArrowMatrix normal, double[] gradient, double[] scale, double damping) {
    ArrowMatrix damped = normal.scaled(1, scale);
    double[] right = new double[gradient.length];
    for (int i = 0; i < right.length; i++) {
      // a parameter that nothing depends on stays
      damped.add(i, i, scale[i] == 0 ? 1 : damping);
      right[i] = -gradient[i] * scale[i];
    }
    ArrowMatrix.Inverse inverse = damped.inverse();
    return inverse == null ? null : inverse.times(right);
  }
}
