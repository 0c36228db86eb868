package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The cost of a geometry. With δ² = Σ (calculated − observed)²/σ² over X, Y and φ of a reflection
 * it is Σ δ² for the normal law, and Σ (ν + 3) ln(1 + δ²/ν) for Student's t, of which each
 * reflection has the weight (ν + 3)/(ν + δ²).
 */
final class FitProblem implements LevenbergMarquardt.Problem {
  static final double NU = 4;
  static final int THREE = 3;

  private final FitModel model;
  private final Centroids data;
  private final boolean robust;
  private final int[][] places; // of the derivatives of a sweep among the free parameters, or −1
  private final boolean[][] wanted; // whether there is such a place
  private final double[] sigma2; // px², px², frame² of each

  FitProblem(FitModel model, Centroids data, boolean robust, int[] free) {
    this.model = model;
    this.data = data;
    this.robust = robust;
    sigma2 = new double[THREE * data.size];
    int[] among = new int[model.entries().size()];
    Arrays.fill(among, -1);
    for (int i = 0; i < free.length; i++) {
      among[free[i]] = i;
    }
    places = new int[model.starts().size()][];
    wanted = new boolean[places.length][];
    for (int s = 0; s < places.length; s++) {
      places[s] = Arrays.stream(model.columns(s)).map(c -> among[c]).toArray();
      wanted[s] = new boolean[places[s].length];
      for (int c = 0; c < wanted[s].length; c++) {
        wanted[s][c] = places[s][c] >= 0;
      }
    }
  }

  void floors(double pixels, double frames) {
    for (int i = 0; i < data.size; i++) {
      sigma2[3 * i] = data.variance[3 * i] + pixels * pixels;
      sigma2[3 * i + 1] = data.variance[3 * i + 1] + pixels * pixels;
      sigma2[3 * i + 2] = data.variance[3 * i + 2] + frames * frames;
    }
  }

  double weight(double delta2) {
    return robust ? (NU + THREE) / (NU + delta2) : 1;
  }

  private double rho(double delta2) {
    return robust ? (NU + THREE) * Math.log1p(delta2 / NU) : delta2;
  }

  /** δ² of a reflection from its residuals in px, px, frames. */
  double delta2(int i, double[] residuals) {
    double sum = 0;
    for (int c = 0; c < THREE; c++) {
      sum += residuals[3 * i + c] * residuals[3 * i + c] / sigma2[3 * i + c];
    }
    return sum;
  }

  double sigma2(int i, int component) {
    return sigma2[3 * i + component];
  }

  private SweepModel[] sweeps(double[] p, boolean derivatives) {
    SweepModel[] out = new SweepModel[places.length];
    for (int s = 0; s < out.length; s++) {
      out[s] = model.sweep(s, p, derivatives).orElse(null);
      if (out[s] == null) {
        return null;
      }
    }
    return out;
  }

  /** Calculated less observed, px, px, frames. */
  private void residual(SweepModel m, int i, double[] out, int at) {
    m.predict(
        data.h[3 * i],
        data.h[3 * i + 1],
        data.h[3 * i + 2],
        data.branch[i],
        data.panel[i],
        data.phi[i]);
    out[at] = (m.x() - data.mm[2 * i]) / data.pixel[2 * i];
    out[at + 1] = (m.y() - data.mm[2 * i + 1]) / data.pixel[2 * i + 1];
    out[at + 2] = (m.phi() - data.phi[i]) / data.width[i];
  }

  /** Residuals of all reflections; null where the parameters make no sense. */
  double[] residuals(double[] p) {
    SweepModel[] sweeps = sweeps(p, false);
    if (sweeps == null) {
      return null;
    }
    double[] out = new double[THREE * data.size];
    for (int i = 0; i < data.size; i++) {
      residual(sweeps[data.sweep[i]], i, out, 3 * i);
    }
    return out;
  }

  @Override
  public double cost(double[] p) {
    double[] residuals = residuals(p);
    if (residuals == null) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < data.size; i++) {
      sum += rho(delta2(i, residuals));
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  @Override
  public double linearise(double[] p, double[] gradient, DMatrixRMaj normal) {
    return sum(p, gradient, normal, false);
  }

  /** JᵀΣ⁻¹J, without the weights of Student's t. */
  void information(double[] p, DMatrixRMaj normal) {
    sum(p, new double[normal.numRows], normal, true);
  }

  private double sum(double[] p, double[] gradient, DMatrixRMaj normal, boolean plain) {
    SweepModel[] sweeps = sweeps(p, true);
    Arrays.fill(gradient, 0);
    normal.zero();
    double[] residual = new double[THREE];
    double[] jacobian = new double[0];
    double cost = 0;
    for (int i = 0; i < data.size; i++) {
      SweepModel m = sweeps[data.sweep[i]];
      if (jacobian.length < THREE * m.columns()) {
        jacobian = new double[THREE * m.columns()];
      }
      residual(m, i, residual, 0);
      m.differentiate(
          data.h[3 * i],
          data.h[3 * i + 1],
          data.h[3 * i + 2],
          data.panel[i],
          wanted[data.sweep[i]],
          jacobian);
      double delta2 = 0;
      for (int c = 0; c < THREE; c++) {
        delta2 += residual[c] * residual[c] / sigma2[3 * i + c];
      }
      cost += rho(delta2);
      scale(i, plain ? 1 : weight(delta2), residual, jacobian, m.columns());
      add(places[data.sweep[i]], residual, jacobian, gradient, normal);
    }
    for (int a = 0; a < normal.numRows; a++) {
      for (int b = 0; b < a; b++) {
        normal.set(a, b, normal.get(b, a));
      }
    }
    return cost;
  }

  /** Residuals and derivatives times √w/σ, in px, px, frames. */
  private void scale(int i, double weight, double[] residual, double[] jacobian, int columns) {
    double fx = Math.sqrt(weight / sigma2[3 * i]);
    double fy = Math.sqrt(weight / sigma2[3 * i + 1]);
    double fz = Math.sqrt(weight / sigma2[3 * i + 2]);
    residual[0] *= fx;
    residual[1] *= fy;
    residual[2] *= fz;
    fx /= data.pixel[2 * i];
    fy /= data.pixel[2 * i + 1];
    fz /= data.width[i];
    for (int c = 0; c < columns; c++) {
      jacobian[3 * c] *= fx;
      jacobian[3 * c + 1] *= fy;
      jacobian[3 * c + 2] *= fz;
    }
  }

  /** Adds Jᵀr and the upper triangle of JᵀJ. */
  private static void add(
      int[] places, double[] residual, double[] jacobian, double[] gradient, DMatrixRMaj normal) {
    double[] sums = normal.data;
    int n = normal.numCols;
    for (int a = 0; a < places.length; a++) {
      int at = places[a];
      if (at < 0) {
        continue;
      }
      double jx = jacobian[3 * a];
      double jy = jacobian[3 * a + 1];
      double jz = jacobian[3 * a + 2];
      gradient[at] += jx * residual[0] + jy * residual[1] + jz * residual[2];
      for (int b = a; b < places.length; b++) {
        if (places[b] >= 0) {
          sums[at * n + places[b]] +=
              jx * jacobian[3 * b] + jy * jacobian[3 * b + 1] + jz * jacobian[3 * b + 2];
        }
      }
    }
  }
}
