package org.mdx.bragg.scale;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The normal equations of many sweeps without their matrix: conjugate gradients, preconditioned by
 * the block of each sweep. The product with a vector takes one pass over the measurements.
 */
final class IterativeNormal implements NormalSystem {
  private static final int MOST_STEPS = 300;
  private static final double TOLERANCE = 1e-8;

  private final ScalingData data;
  private final ScalingModel model;
  private final double[] weight;
  private final double[] mean;
  private final double[] norm;
  private final boolean[] groups;
  private final int stride;
  private final int[] index;
  private final double[] slope;
  private final byte[] count;
  private final double[] right;
  private final int[] start;
  private final double[][] blocks;

  /** Diagonal of the matrix. */
  private final double[] diagonal;

  /**
   * Equations.
   *
   * @param weight of each measurement
   * @param mean of each group
   * @param norm Σ w g² of each group
   * @param groups those that count
   */
  IterativeNormal(
      ScalingData data,
      ScalingModel model,
      double[] weight,
      double[] mean,
      double[] norm,
      boolean[] groups) {
    this.data = data;
    this.model = model;
    this.weight = weight;
    this.mean = mean;
    this.norm = norm;
    this.groups = groups;
    stride = model.derivatives();
    index = new int[stride * data.measured];
    slope = new double[stride * data.measured];
    count = new byte[data.measured];
    right = new double[model.size()];
    start = Arrays.copyOf(model.scaleStart, data.sweeps() + 1);
    start[data.sweeps()] = model.size();
    blocks = new double[data.sweeps()][];
    for (int s = 0; s < blocks.length; s++) {
      int n = start[s + 1] - start[s];
      blocks[s] = new double[n * n];
    }
    diagonal = new double[model.size()];
    double[] u = new double[model.size()];
    for (int h = 0; h < mean.length; h++) {
      if (groups[h] && norm[h] > 0) {
        for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
          int i = data.groups.member(q);
          if (i < data.measured && weight[i] > 0) {
            add(i, h, u);
          }
        }
        eliminate(h, u);
      }
    }
    for (int s = 0; s < blocks.length; s++) {
      int n = start[s + 1] - start[s];
      for (int k = 0; k < n; k++) {
        blocks[s][k * n + k] += model.restraint[start[s] + k];
        right[start[s] + k] -= model.restraint[start[s] + k] * model.p[start[s] + k];
        diagonal[start[s] + k] += blocks[s][k * (n + 1)];
      }
    }
  }

  private void add(int i, int h, double[] u) {
    int[] at = new int[stride];
    double[] by = new double[stride];
    int n = model.gradient(i, at, by);
    count[i] = (byte) n;
    System.arraycopy(at, 0, index, i * stride, n);
    int first = start[data.sweep[i]];
    int size = start[data.sweep[i] + 1] - first;
    double[] block = blocks[data.sweep[i]];
    double r = weight[i] * (data.value[i] - model.g[i] * mean[h]);
    for (int k = 0; k < n; k++) {
      double a = mean[h] * by[k];
      slope[i * stride + k] = a;
      right[at[k]] += r * a;
      u[at[k]] += weight[i] * model.g[i] * a;
      for (int l = 0; l < n; l++) {
        block[(at[k] - first) * size + at[l] - first] += weight[i] * a * mean[h] * by[l];
      }
    }
  }

  /** What the mean of a group takes from the diagonal. */
  private void eliminate(int h, double[] u) {
    for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
      int i = data.groups.member(q);
      for (int k = i * stride; i < data.measured && k < i * stride + count[i]; k++) {
        diagonal[index[k]] -= u[index[k]] * u[index[k]] / norm[h];
        u[index[k]] = 0;
      }
    }
  }

  /** Σ w a (a·v − g u·v/Σ w g²) of the groups, with the restraints. */
  private void multiply(double[] v, double[] raised, double[] out) {
    for (int k = 0; k < out.length; k++) {
      out[k] = (model.restraint[k] + raised[k]) * v[k];
    }
    for (int h = 0; h < mean.length; h++) {
      if (!groups[h] || !(norm[h] > 0)) {
        continue;
      }
      double together = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        if (i < data.measured && count[i] > 0) {
          together += weight[i] * model.g[i] * dot(i, v);
        }
      }
      together /= norm[h];
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        if (i < data.measured && count[i] > 0) {
          double f = weight[i] * (dot(i, v) - model.g[i] * together);
          for (int k = i * stride; k < i * stride + count[i]; k++) {
            out[index[k]] += f * slope[k];
          }
        }
      }
    }
  }

  private double dot(int i, double[] v) {
    double sum = 0;
    for (int k = i * stride; k < i * stride + count[i]; k++) {
      sum += slope[k] * v[index[k]];
    }
    return sum;
  }

  /** What the diagonal is raised by. */
  private double[] raised(double lambda) {
    double largest = Arrays.stream(diagonal).max().orElse(0);
    return Arrays.stream(diagonal).map(d -> Math.max(0, lambda * d) + 1e-12 * largest).toArray();
  }

  private LinearSolverDense<DMatrixRMaj> factor(int s, double[] raised) {
    int n = start[s + 1] - start[s];
    DMatrixRMaj m = DMatrixRMaj.wrap(n, n, blocks[s].clone());
    for (int k = 0; k < n; k++) {
      m.data[k * (n + 1)] += raised[start[s] + k];
    }
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
    return cholesky.setA(m) ? cholesky : null;
  }

  @Override
  public double[] solve(double lambda) {
    int n = right.length;
    double[] raised = raised(lambda);
    DMatrixRMaj[] inverse = new DMatrixRMaj[blocks.length];
    for (int s = 0; s < blocks.length; s++) {
      LinearSolverDense<DMatrixRMaj> cholesky = factor(s, raised);
      if (cholesky == null) {
        return null;
      }
      inverse[s] = new DMatrixRMaj(start[s + 1] - start[s], start[s + 1] - start[s]);
      cholesky.invert(inverse[s]);
    }
    double[] x = new double[n];
    double[] r = right.clone();
    double[] z = preconditioned(inverse, r);
    double[] p = z.clone();
    double[] product = new double[n];
    double rz = dot(r, z);
    double enough = TOLERANCE * TOLERANCE * rz;
    for (int step = 0; step < MOST_STEPS && rz > enough && rz > 0; step++) {
      multiply(p, raised, product);
      double curvature = dot(p, product);
      if (!(curvature > 0)) {
        break;
      }
      double alpha = rz / curvature;
      for (int k = 0; k < n; k++) {
        x[k] += alpha * p[k];
        r[k] -= alpha * product[k];
      }
      z = preconditioned(inverse, r);
      double next = dot(r, z);
      double beta = next / rz;
      rz = next;
      for (int k = 0; k < n; k++) {
        p[k] = z[k] + beta * p[k];
      }
    }
    return Arrays.stream(x).allMatch(Double::isFinite) ? x : null;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private double[] preconditioned(DMatrixRMaj[] inverse, double[] r) {
    double[] z = new double[r.length];
    for (int s = 0; s < inverse.length; s++) {
      int n = inverse[s].numRows;
      for (int k = 0; k < n; k++) {
        double sum = 0;
        for (int l = 0; l < n; l++) {
          sum += inverse[s].data[k * n + l] * r[start[s] + l];
        }
        z[start[s] + k] = sum;
      }
    }
    return z;
  }

  /** Covariances within each sweep as if the means were known. */
  Covariance covariance() {
    double[] raised = raised(1e-10);
    double[][] out = new double[blocks.length][];
    for (int s = 0; s < blocks.length; s++) {
      int n = start[s + 1] - start[s];
      LinearSolverDense<DMatrixRMaj> cholesky = factor(s, raised);
      if (cholesky != null) {
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        cholesky.invert(inverse);
        out[s] = inverse.data;
      }
    }
    return Covariance.ofBlocks(start, out);
  }
}
