package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Levenberg–Marquardt on normal equations, damped by the gain ratio (Nielsen 1999,
 * IMM-REP-1999-05). Parameters are scaled so that the diagonal of the normal matrix is 1 at the
 * start.
 */
final class LevenbergMarquardt {
  private static final double FIRST_DAMPING = 1e-3;
  private static final double MOST_DAMPING = 1e16;
  private static final double GAIN = 1e-10;

  /** Less than that, of twice a logarithm of a likelihood, moves nothing by 0.01 σ. */
  private static final double LEAST_GAIN = 1e-4;

  /** What is minimised. */
  interface Problem {
    /**
     * The cost.
     *
     * @return infinity where the parameters make no sense
     */
    double cost(double[] p);

    /** Half the gradient, and the matrix that stands for half the second derivatives. */
    double linearise(double[] p, double[] gradient, DMatrixRMaj normal);
  }

  private LevenbergMarquardt() {}

  /**
   * Minimises from p, which is changed.
   *
   * @return steps that were taken
   */
  static int minimise(Problem problem, double[] p, int[] free, int most) {
    int n = free.length;
    double[] gradient = new double[n];
    DMatrixRMaj normal = new DMatrixRMaj(n, n);
    DMatrixRMaj damped = new DMatrixRMaj(n, n);
    DMatrixRMaj right = new DMatrixRMaj(n, 1);
    DMatrixRMaj step = new DMatrixRMaj(n, 1);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
    double cost = problem.linearise(p, gradient, normal);
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      double d = normal.get(i, i);
      scale[i] = d > 0 ? 1 / Math.sqrt(d) : 0;
    }
    double damping = FIRST_DAMPING;
    double growth = 2;
    int taken = 0;
    for (int trial = 0; taken < most && trial < 5 * most && damping < MOST_DAMPING; trial++) {
      system(normal, gradient, scale, damping, damped, right);
      if (!solver.setA(damped)) {
        damping *= growth;
        growth *= 2;
        continue;
      }
      solver.solve(right, step);
      double[] next = p.clone();
      double expected = 0;
      for (int i = 0; i < n; i++) {
        double s = step.get(i);
        next[free[i]] += scale[i] * s;
        expected += s * (damping * s - gradient[i] * scale[i]);
      }
      double nextCost = problem.cost(next);
      if (nextCost < cost) {
        double ratio = (cost - nextCost) / expected;
        System.arraycopy(next, 0, p, 0, p.length);
        taken++;
        boolean small = cost - nextCost <= Math.max(LEAST_GAIN, GAIN * cost);
        cost = problem.linearise(p, gradient, normal);
        if (small) {
          break;
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

  private static void system(
      DMatrixRMaj normal,
      double[] gradient,
      double[] scale,
      double damping,
      DMatrixRMaj damped,
      DMatrixRMaj right) {
    int n = gradient.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        damped.set(i, j, normal.get(i, j) * scale[i] * scale[j]);
      }
      // a parameter that nothing depends on stays
      damped.add(i, i, scale[i] == 0 ? 1 : damping);
      right.set(i, -gradient[i] * scale[i]);
    }
  }

  /** Inverse of a normal matrix; NaN in the rows of parameters that nothing depends on. */
  static DMatrixRMaj inverse(DMatrixRMaj normal) {
    int n = normal.numRows;
    double[] scale = new double[n];
    DMatrixRMaj scaled = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      scale[i] = 1 / Math.sqrt(normal.get(i, i));
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        scaled.set(i, j, normal.get(i, j) * scale[i] * scale[j]);
      }
    }
    DMatrixRMaj inverse = new DMatrixRMaj(n, n);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
    if (!solver.setA(scaled)) {
      Arrays.fill(inverse.data, Double.NaN);
      return inverse;
    }
    solver.invert(inverse);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inverse.set(i, j, inverse.get(i, j) * scale[i] * scale[j]);
      }
    }
    return inverse;
  }
}
