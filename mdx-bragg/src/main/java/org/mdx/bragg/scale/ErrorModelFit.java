package org.mdx.bragg.scale;

import java.util.Arrays;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.apache.commons.math3.special.Gamma;

/**
 * a and b by the maximum likelihood of the deviations from the means of the other equivalents,
 * which follow Student's t distribution of the degrees of freedom that suit them best. Priors keep
 * them near 1 and 0.03 where a sweep tells little. In the end a is such that 68.3 % of the
 * deviations lie within one standard deviation.
 */
final class ErrorModelFit {
  private static final int SAMPLE = 8_000;
  private static final double[] FREEDOMS = {4, 8, 30};
  private static final double ONE_SIGMA = 0.8413447460685429;
  private static final int ROUNDS = 2;
  private static final int MOST_TRIALS = 200;

  /** Measurements that the common model counts as in that of a sweep. */
  private static final double SHRINK = 100;

  private final ScalingData data;
  private final double[] g;
  private final boolean[] used;
  private final int[] rows;
  private final double[] deviation;
  private final double[] expected;
  private final double[] variance;
  private final double[] others;

  /** Those that are tried: all at first, then the best. */
  private double[] freedoms = FREEDOMS.clone();

  /**
   * A fit.
   *
   * @param least expected intensity of measurements that it takes; not a number for all
   */
  ErrorModelFit(ScalingData data, double[] g, boolean[] used, ErrorModel[] models, double least) {
    this.data = data;
    this.g = g;
    this.used = used;
    rows = sample(new LeaveOneOut(data, g, used, models), least);
    deviation = new double[rows.length];
    expected = new double[rows.length];
    variance = new double[rows.length];
    others = new double[rows.length];
  }

  /** Measurements with equivalents, thinned evenly where there are very many. */
  private int[] sample(LeaveOneOut means, double least) {
    int[] all = new int[data.measured];
    int n = 0;
    for (int h = 0; h < data.groups.size(); h++) {
      int members = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        members += used[data.groups.member(q)] ? 1 : 0;
      }
      if (means.groupMean(h) < least) {
        continue;
      }
      for (int q = data.groups.start(h); q < data.groups.start(h + 1) && members > 1; q++) {
        int i = data.groups.member(q);
        if (used[i] && i < data.measured) {
          all[n++] = i;
        }
      }
    }
    int stride = 1 + n / SAMPLE;
    int[] out = new int[(n + stride - 1) / stride];
    for (int k = 0; k < out.length; k++) {
      out[k] = all[k * stride];
    }
    return out;
  }

  /** Too few to fit anything. */
  boolean isEmpty() {
    return rows.length < 10;
  }

  /** The model of each sweep. */
  ErrorModel[] fit(ErrorModel[] start) {
    ErrorModel common = start[0];
    ErrorModel[] models = start.clone();
    for (int round = 0; round < ROUNDS; round++) {
      deviations(models);
      common = best(common);
      models = new ErrorModel[start.length];
      Arrays.fill(models, common);
      if (start.length > 1) {
        deviations(models);
        perSweep(common, models);
      }
    }
    return models;
  }

  /** Differences from the means of the others and the variances of these, in units of g². */
  private void deviations(ErrorModel[] models) {
    LeaveOneOut loo = new LeaveOneOut(data, g, used, models);
    for (int k = 0; k < rows.length; k++) {
      int i = rows[k];
      double mean = loo.mean(i);
      deviation[k] = data.value[i] - g[i] * mean;
      expected[k] = g[i] * mean;
      variance[k] = data.varianceAt(i, expected[k]);
      others[k] = g[i] * g[i] * loo.variance(i);
    }
  }

  private ErrorModel best(ErrorModel start) {
    double least = Double.POSITIVE_INFINITY;
    double freedom = 0;
    double[] at = null;
    for (double nu : freedoms) {
      MultivariateFunction f = x -> cost(new ErrorModel(Math.exp(x[0]), Math.exp(x[1])), nu);
      PointValuePair found =
          new SimplexOptimizer(1e-12, 1e-2)
              .optimize(
                  new MaxEval(MOST_TRIALS),
                  new ObjectiveFunction(f),
                  GoalType.MINIMIZE,
                  new InitialGuess(new double[] {Math.log(start.a()), Math.log(start.b())}),
                  new NelderMeadSimplex(new double[] {0.2, 0.3}));
      if (found.getValue() < least) {
        least = found.getValue();
        at = found.getPoint();
        freedom = nu;
      }
    }
    freedoms = new double[] {freedom};
    double core = new TDistribution(freedom).inverseCumulativeProbability(ONE_SIGMA);
    return new ErrorModel(Math.exp(at[0]) * core, Math.exp(at[1]));
  }

  private double cost(ErrorModel m, double nu) {
    double sum = 0;
    for (int k = 0; k < rows.length; k++) {
      double v = m.variance(variance[k], expected[k]) + others[k];
      sum += Math.log(v) / 2 + (nu + 1) / 2 * Math.log1p(deviation[k] * deviation[k] / (v * nu));
    }
    double norm = Gamma.logGamma((nu + 1) / 2) - Gamma.logGamma(nu / 2) - Math.log(nu) / 2;
    double a = Math.log(m.a()) / 0.5;
    double b = Math.log(m.b() / 0.03);
    return sum - rows.length * norm + (a * a + b * b) / 2;
  }

  /** Widths of the sweeps' deviations, drawn to the common one by their number. */
  private void perSweep(ErrorModel common, ErrorModel[] models) {
    double[][] z = new double[models.length][];
    int[] n = new int[models.length];
    for (int i : rows) {
      n[data.sweep[i]]++;
    }
    for (int s = 0; s < z.length; s++) {
      z[s] = new double[n[s]];
    }
    Arrays.fill(n, 0);
    for (int k = 0; k < rows.length; k++) {
      int s = data.sweep[rows[k]];
      double v = common.variance(variance[k], expected[k]) + others[k];
      z[s][n[s]++] = Math.abs(deviation[k]) / Math.sqrt(v);
    }
    for (int s = 0; s < z.length; s++) {
      double width = LeaveOneOut.width(z[s]);
      double f = n[s] == 0 ? 1 : (SHRINK + n[s] * width * width) / (SHRINK + n[s]);
      models[s] = new ErrorModel(common.a() * Math.sqrt(f), common.b());
    }
  }
}
