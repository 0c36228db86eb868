package org.mdx.bragg.scale;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Minimises Σ w (I − g⟨I⟩)² over the parameters of g, ⟨I⟩ = Σ w g I/Σ w g² eliminated: the
 * derivatives of a group are projected onto what a change of its ⟨I⟩ cannot do (Kaufman 1975, BIT
 * 15, 49), so that the normal matrix is Σ w a aᵀ − u uᵀ/Σ w g² with a = ⟨I⟩ ∂g, u = Σ w g a.
 * Weights are multiplied by those of Student's t distribution.
 */
final class GaussNewton {
  private static final double CONVERGED = 1e-5;
  private static final double FREEDOM = 8;

  /** What holds a combination of parameters, in largest elements of the matrix. */
  private static final double HELD = 1e5;

  /** Parameters beyond which the matrix is not made: its factors would take n³/3 steps. */
  private static final int MOST_DENSE = 1500;

  private final ScalingData data;
  private final ScalingModel model;
  private final double[] weight;
  private final boolean[] groups;
  private final double[] robust;
  private final double[] mean;
  private final double[] norm;

  /**
   * A problem.
   *
   * @param weight 1/σ² of each measurement, 0 of those that do not count
   * @param groups those that count
   */
  GaussNewton(ScalingData data, ScalingModel model, double[] weight, boolean[] groups) {
    this.data = data;
    this.model = model;
    this.weight = weight;
    this.groups = groups;
    robust = new double[weight.length];
    mean = new double[data.groups.size()];
    norm = new double[data.groups.size()];
  }

  /** Means of the groups with the weights there are. */
  private void means() {
    for (int h = 0; h < mean.length; h++) {
      double top = 0;
      double bottom = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        top += robust[i] * model.g[i] * data.value[i];
        bottom += robust[i] * model.g[i] * model.g[i];
      }
      norm[h] = bottom;
      mean[h] = bottom > 0 ? top / bottom : 0;
    }
  }

  private double cost() {
    double sum = 0;
    for (int h = 0; h < mean.length; h++) {
      for (int q = data.groups.start(h); q < data.groups.start(h + 1) && groups[h]; q++) {
        int i = data.groups.member(q);
        double r = data.value[i] - model.g[i] * mean[h];
        sum += robust[i] * r * r;
      }
    }
    for (int k = 0; k < model.size(); k++) {
      sum += model.restraint[k] * model.p[k] * model.p[k];
    }
    return sum;
  }

  private void reweight() {
    for (int h = 0; h < mean.length; h++) {
      int n = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        n += weight[data.groups.member(q)] > 0 ? 1 : 0;
      }
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        double r = data.value[i] - model.g[i] * mean[h];
        double z2 = r * r * weight[i];
        // two that disagree do not say which is wrong
        robust[i] = n < 3 ? weight[i] : weight[i] * (FREEDOM + 1) / (FREEDOM + z2);
      }
    }
  }

  /** Fits in at most so many steps; returns the weighted sum of squares that is left. */
  double fit(int steps) {
    System.arraycopy(weight, 0, robust, 0, weight.length);
    model.evaluate();
    means();
    double lambda = 1e-4;
    for (int step = 0; step < steps; step++) {
      reweight();
      means();
      double before = cost();
      NormalSystem system = system(model.size() <= MOST_DENSE);
      double[] old = model.p.clone();
      boolean better = false;
      for (int tries = 0; tries < 8 && !better; tries++) {
        double[] change = system.solve(lambda);
        for (int k = 0; change != null && k < old.length; k++) {
          model.p[k] = old[k] + change[k];
        }
        boolean valid = change != null && model.evaluate();
        means();
        better = valid && cost() <= before * (1 + 1e-12);
        lambda = better ? Math.max(1e-9, lambda / 10) : lambda * 10;
      }
      if (!better) {
        System.arraycopy(old, 0, model.p, 0, old.length);
        model.evaluate();
        means();
        return before;
      }
      double now = cost();
      if (before - now < CONVERGED * now) {
        break;
      }
    }
    return cost();
  }

  /** The equations by their matrix or without it. */
  NormalSystem system(boolean dense) {
    if (!dense) {
      return new IterativeNormal(data, model, robust, mean, norm, groups);
    }
    DMatrixRMaj a = new DMatrixRMaj(model.size(), model.size());
    double[] right = new double[model.size()];
    normal(a, right);
    return lambda -> solve(a, right, lambda);
  }

  /** The normal matrix and the right side. */
  private void normal(DMatrixRMaj a, double[] right) {
    int[] index = new int[model.derivatives()];
    double[] value = new double[model.derivatives()];
    double[] u = new double[model.size()];
    int[] touched = new int[model.size()];
    boolean[] isTouched = new boolean[model.size()];
    for (int h = 0; h < mean.length; h++) {
      if (!groups[h] || !(norm[h] > 0)) {
        continue;
      }
      int count = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        if (robust[i] == 0) {
          continue;
        }
        int n = model.gradient(i, index, value);
        int dense = n - (i < data.measured ? model.surfaceSize[data.sweep[i]] : 0);
        double w = robust[i];
        double r = w * (data.value[i] - model.g[i] * mean[h]) * mean[h];
        double m2 = w * mean[h] * mean[h];
        double cross = w * model.g[i] * mean[h];
        for (int k = 0; k < n; k++) {
          int row = index[k];
          right[row] += r * value[k];
          if (!isTouched[row]) {
            isTouched[row] = true;
            touched[count++] = row;
          }
          u[row] += cross * value[k];
          double f = m2 * value[k];
          int at = row * model.size();
          // the parameters of a measurement come in rising order, those of the surface adjacent
          for (int l = 0; l <= k && l < dense; l++) {
            a.data[at + index[l]] += f * value[l];
          }
          if (k >= dense) {
            addRow(a.data, at + index[dense], f, value, dense, k - dense + 1);
          }
        }
      }
      Arrays.sort(touched, 0, count);
      for (int k = 0; k < count; k++) {
        double f = u[touched[k]] / norm[h];
        int at = touched[k] * model.size();
        for (int l = 0; l <= k; l++) {
          a.data[at + touched[l]] -= f * u[touched[l]];
        }
      }
      for (int k = 0; k < count; k++) {
        u[touched[k]] = 0;
        isTouched[touched[k]] = false;
      }
    }
    finish(a, right);
  }

  /** Adds the restraints and the other triangle. */
  private void finish(DMatrixRMaj a, double[] right) {
    int size = model.size();
    for (int k = 0; k < size; k++) {
      a.data[k * size + k] += model.restraint[k];
      right[k] -= model.restraint[k] * model.p[k];
      for (int l = 0; l < k; l++) {
        a.data[l * size + k] = a.data[k * size + l];
      }
    }
  }

  private static void addRow(double[] to, int at, double f, double[] value, int from, int n) {
    for (int l = 0; l < n; l++) {
      to[at + l] += f * value[from + l];
    }
  }

  /** Solves with the diagonal raised; null if the matrix is not positive. */
  private static double[] solve(DMatrixRMaj a, double[] right, double lambda) {
    DMatrixRMaj m = a.copy();
    int n = right.length;
    double largest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, m.data[k * n + k]);
    }
    for (int k = 0; k < n; k++) {
      m.data[k * n + k] += lambda * m.data[k * n + k] + 1e-12 * largest;
    }
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
    if (!cholesky.setA(m)) {
      return null;
    }
    DMatrixRMaj x = new DMatrixRMaj(n, 1);
    cholesky.solve(DMatrixRMaj.wrap(n, 1, right), x);
    return Arrays.stream(x.data).allMatch(Double::isFinite) ? x.data : null;
  }

  /**
   * The covariance of the parameters. What no measurement tells, a common scale and a common B of
   * sweeps that share reflections, has no part in it: the mean of ln g over the information that
   * the measurements give, and that of its change with 1/2d², are held.
   *
   * @param component of each sweep, −1 of one without measurements; null if a reference tells scale
   *     and B
   * @param components how many
   * @return of all parameters, or of very many within each sweep
   */
  Covariance covariance(int[] component, int components) {
    System.arraycopy(weight, 0, robust, 0, weight.length);
    means();
    reweight();
    means();
    if (model.size() > MOST_DENSE) {
      return new IterativeNormal(data, model, robust, mean, norm, groups).covariance();
    }
    int n = model.size();
    DMatrixRMaj a = new DMatrixRMaj(n, n);
    normal(a, new double[n]);
    double largest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, a.data[k * n + k]);
    }
    for (int k = 0; k < n; k++) {
      // a parameter that nothing depends on keeps its value
      a.data[k * n + k] += a.data[k * n + k] > 0 ? 1e-10 * a.data[k * n + k] : largest;
    }
    for (int c = 0; component != null && c < components; c++) {
      for (double[] v : common(component, c)) {
        hold(a, v, HELD * largest);
      }
    }
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
    if (!cholesky.setA(a)) {
      return Covariance.whole(null, n);
    }
    DMatrixRMaj inverse = new DMatrixRMaj(n, n);
    cholesky.invert(inverse);
    return Covariance.whole(inverse.data, n);
  }

  /** Adds a multiple of v vᵀ/|v|². */
  private static void hold(DMatrixRMaj a, double[] v, double by) {
    double square = Arrays.stream(v).map(x -> x * x).sum();
    for (int k = 0; k < v.length && square > 0; k++) {
      for (int l = 0; l < v.length && v[k] != 0; l++) {
        a.data[k * v.length + l] += by * v[k] * v[l] / square;
      }
    }
  }

  /** Derivatives of the means of ln g and of (1/2d² − mean) ln g of a component. */
  private double[][] common(int[] component, int c) {
    double[][] out = new double[2][model.size()];
    int[] index = new int[model.derivatives()];
    double[] slope = new double[model.derivatives()];
    double sum = 0;
    double place = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < data.measured; i++) {
        double m = mean[data.group[i]];
        if (component[data.sweep[i]] != c || !(robust[i] > 0)) {
          continue;
        }
        double information = robust[i] * model.g[i] * model.g[i] * m * m;
        if (pass == 0) {
          sum += information;
          place += information * data.inverse2d2[i];
          continue;
        }
        int n = model.gradient(i, index, slope);
        for (int k = 0; k < n; k++) {
          double f = information * slope[k] / model.g[i];
          out[0][index[k]] += f;
          out[1][index[k]] += f * (data.inverse2d2[i] - place / sum);
        }
      }
    }
    return out;
  }

  /** Σ w r² over some groups with their own means, to compare models on what they did not see. */
  double misfit(boolean[] of) {
    model.evaluate();
    System.arraycopy(weight, 0, robust, 0, weight.length);
    means();
    reweight();
    means();
    double sum = 0;
    for (int h = 0; h < mean.length; h++) {
      for (int q = data.groups.start(h); q < data.groups.start(h + 1) && of[h]; q++) {
        int i = data.groups.member(q);
        double r = data.value[i] - model.g[i] * mean[h];
        // the negative logarithm of Student's density, up to a constant
        sum += (FREEDOM + 1) / 2 * Math.log1p(r * r * weight[i] / FREEDOM);
      }
    }
    return sum;
  }
}
