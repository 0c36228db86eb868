package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Covariance of the free parameters: (JᵀΣ⁻¹J + prior)⁻¹ times k/g², with ψ = wδ: k the mean of ψ²
 * and g that of its derivative, each over the three components (Huber 1981, Robust Statistics,
 * section 7.6), and N/(N − P), P the number of parameters that the observations determine. With the
 * normal law the factor is χ²/(N − P).
 */
final class FitCovariance {
  private final FitModel model;
  private final FitProblem problem;
  private final int[] free;
  private final double[] p;
  private final double squares; // k
  private final double slope; // g
  private final DMatrixRMaj matrix;

  FitCovariance(FitModel model, FitProblem problem, int[] free, double[] p) {
    this.model = model;
    this.problem = problem;
    this.free = free;
    this.p = p;
    int n = free.length;
    DMatrixRMaj information = new DMatrixRMaj(n, n);
    double[] kg = problem.information(p, information);
    squares = kg[0];
    slope = kg[1];
    for (RandomWalk walk : model.walks()) {
      walk.add(p, problem.among(), 1 / slope, new double[n], information);
    }
    matrix = LevenbergMarquardt.inverse(information);
    double factor = squares / (slope * slope);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] *= factor;
    }
    double observations = problem.observations();
    double more = observations / (observations - determined());
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] *= more;
    }
  }

  /** The strength of a walk against observations whose errors are as they are found to be. */
  private double strength(RandomWalk walk) {
    return walk.strength() * slope / squares;
  }

  /** Number of parameters that the observations determine, not the priors. */
  private double determined() {
    double sum = free.length;
    for (RandomWalk walk : model.walks()) {
      sum -= strength(walk) * walk.variances(problem.among(), matrix);
    }
    return sum;
  }

  double variance(int i) {
    return matrix.get(i, i);
  }

  List<FittedParameter> parameters() {
    List<FittedParameter> out = new ArrayList<>();
    for (int i = 0; i < free.length; i++) {
      FitModel.Entry e = model.entries().get(free[i]);
      out.add(
          new FittedParameter(e.name(), e.kind(), e.model(), p[free[i]], Math.sqrt(variance(i))));
    }
    return List.copyOf(out);
  }

  double[] correlations() {
    int n = free.length;
    double[] out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        out[i * n + j] = matrix.get(i, j) / Math.sqrt(variance(i) * variance(j));
      }
    }
    return out;
  }

  double[][] cells() {
    double[][] out = new double[model.starts().size()][36];
    for (int s = 0; s < out.length; s++) {
      double[][] d = model.cellDerivatives(s, p);
      for (int i = 0; i < free.length; i++) {
        for (int j = 0; j < free.length; j++) {
          addCell(d[free[i]], d[free[j]], matrix.get(i, j), out[s]);
        }
      }
    }
    return out;
  }

  /** Without the parameters of other models, which may be undetermined. */
  private static void addCell(double[] first, double[] second, double covariance, double[] sum) {
    for (int c = 0; c < 6; c++) {
      for (int e = 0; e < 6 && first[c] != 0; e++) {
        sum[6 * c + e] += second[e] == 0 ? 0 : first[c] * covariance * second[e];
      }
    }
  }
}
