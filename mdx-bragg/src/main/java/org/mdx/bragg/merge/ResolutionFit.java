package org.mdx.bragg.merge;

import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/** Where CC½ falls below a value: ½(1 − tanh((s − s₀)/r)), s = 1/d², fitted to the shells. */
final class ResolutionFit {
  private ResolutionFit() {}

  /** The resolution, Å; that of the last shell if CC½ does not fall so far. */
  static double of(List<MergeShell> shells, double limit) {
    List<MergeShell> known =
        shells.stream().filter(s -> Double.isFinite(s.ccHalf()) && s.unique() > 2).toList();
    double last = shells.get(shells.size() - 1).dMin();
    if (known.size() < 3) {
      return last;
    }
    double end = 1 / (last * last);
    MultivariateFunction cost =
        x -> {
          double sum = 0;
          for (MergeShell s : known) {
            double d = s.ccHalf() - curve(middle(s), x[0], Math.exp(x[1]));
            sum += s.unique() * d * d;
          }
          return sum;
        };
    double[] p = {end, Math.log(end / 5)};
    try {
      p =
          new SimplexOptimizer(1e-10, 1e-10)
              .optimize(
                  new MaxEval(2000),
                  new ObjectiveFunction(cost),
                  GoalType.MINIMIZE,
                  new InitialGuess(p),
                  new NelderMeadSimplex(new double[] {end / 5, 0.5}))
              .getPoint();
    } catch (TooManyEvaluationsException e) {
      // CC½ stays near 1: the curve falls anywhere beyond the data
      return last;
    }
    // ½(1 − tanh t) = limit
    double t = 0.5 * Math.log((1 - limit) / limit);
    double s = p[0] + Math.exp(p[1]) * t;
    return s > 0 && s < end ? 1 / Math.sqrt(s) : last;
  }

  private static double middle(MergeShell s) {
    return (1 / (s.dMax() * s.dMax()) + 1 / (s.dMin() * s.dMin())) / 2;
  }

  private static double curve(double s, double centre, double width) {
    return (1 - Math.tanh((s - centre) / width)) / 2;
  }
}
