package org.mdx.bragg.merge;

import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
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
    double[] p = lowest(cost, new double[] {end, Math.log(end / 5)}, end);
    // ½(1 − tanh t) = limit
    double t = 0.5 * Math.log((1 - limit) / limit);
    double s = p[0] + Math.exp(p[1]) * t;
    return s > 0 && s < end ? 1 / Math.sqrt(s) : last;
  }

  /** Where CC½ does not fall the centre runs away for ever: the lowest point on the way will do. */
  private static double[] lowest(MultivariateFunction cost, double[] start, double end) {
    PointValuePair[] seen = {new PointValuePair(start, cost.value(start))};
    MultivariateFunction watched =
        x -> {
          double value = cost.value(x);
          if (value < seen[0].getValue()) {
            seen[0] = new PointValuePair(x, value);
          }
          return value;
        };
    try {
      return new SimplexOptimizer(1e-10, 1e-10)
          .optimize(
              new MaxEval(2000),
              new ObjectiveFunction(watched),
              GoalType.MINIMIZE,
              new InitialGuess(start),
              new NelderMeadSimplex(new double[] {end / 5, 0.5}))
          .getPoint();
    } catch (TooManyEvaluationsException e) {
      return seen[0].getPoint();
    }
  }

  private static double middle(MergeShell s) {
    return (1 / (s.dMax() * s.dMax()) + 1 / (s.dMin() * s.dMin())) / 2;
  }

  private static double curve(double s, double centre, double width) {
    return (1 - Math.tanh((s - centre) / width)) / 2;
  }
}
