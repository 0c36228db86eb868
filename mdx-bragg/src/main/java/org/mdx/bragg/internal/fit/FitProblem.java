package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.LevenbergMarquardt;
import org.mdx.bragg.internal.algebra.ScanSmoother;

/**
 * The cost of a geometry. With δ² = Σ (calculated − observed)²/σ² over X, Y and φ of a reflection
 * it is Σ δ² for the normal law, and Σ (ν + 3) ln(1 + δ²/ν) for Student's t, of which each
 * reflection has the weight (ν + 3)/(ν + δ²).
 */
final class FitProblem implements LevenbergMarquardt.Problem {
  static final double NU = 4;
  static final int THREE = 3;
  private static final double TWO_THIRDS = 2.0 / 3;

  private final FitModel model;
  private final Centroids data;
  private final boolean robust;
  private final int[] among; // place of a parameter among the free ones, or −1
  private final int[][] places; // of the derivatives of a sweep among the free parameters, or −1
  private final boolean[][] wanted; // whether there is such a place
  private final int[] free;
  private boolean near;
  private final double[] weights = new double[ScanSmoother.NEAREST];
  private final double[] weightsAfter = new double[ScanSmoother.NEAREST];
  private final double[] sigma2; // px², px², frame² of each

  FitProblem(FitModel model, Centroids data, boolean robust, int[] free) {
    this.model = model;
    this.data = data;
    this.robust = robust;
    this.free = free;
    sigma2 = new double[THREE * data.size];
    among = new int[model.entries().size()];
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

  /** The parameters are near those that are sought: second derivatives are taken as they are. */
  void near() {
    near = robust;
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
    m.place(data.position[i]);
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
    for (RandomWalk walk : model.walks()) {
      sum += walk.strength() * walk.roughness(p);
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  @Override
  public double linearise(double[] p, double[] gradient, ArrowMatrix normal) {
    double cost = sum(p, gradient, normal, false);
    for (RandomWalk walk : model.walks()) {
      walk.add(p, among, 1, gradient, normal);
      cost += walk.strength() * walk.roughness(p);
    }
    return cost;
  }

  /**
   * JᵀΣ⁻¹J, without the weights of Student's t and without priors.
   *
   * @return means over the components of ψ² and of the derivative of ψ = wδ
   */
  double[] information(double[] p, ArrowMatrix normal) {
    sum(p, new double[normal.size()], normal, true);
    double[] residuals = residuals(p);
    double squares = 0;
    double slope = 0;
    for (int i = 0; i < data.size; i++) {
      double delta2 = delta2(i, residuals);
      double w = weight(delta2);
      squares += w * w * delta2;
      slope += robust ? w * (THREE - 2 * delta2 / (NU + delta2)) : THREE;
    }
    return new double[] {squares / observations(), slope / observations()};
  }

  /** Number of observations: three a reflection. */
  double observations() {
    return (double) THREE * data.size;
  }

  /** Half the gradient of the cost without priors. */
  void slope(double[] p, double[] gradient) {
    sum(p, gradient, matrix(), false);
  }

  /** A normal matrix of the free parameters, zero: each crystal is a block. */
  ArrowMatrix matrix() {
    int crystals = model.crystals();
    int[] sizes = new int[crystals];
    int shared = 0;
    for (int i : free) {
      int block = model.block(i);
      if (block < 0) {
        shared++;
      } else {
        sizes[block]++;
      }
    }
    return new ArrowMatrix(shared, sizes);
  }

  /** Place of each parameter among the free ones, or −1. */
  int[] among() {
    return among.clone();
  }

  private double sum(double[] p, double[] gradient, ArrowMatrix normal, boolean plain) {
    SweepModel[] sweeps = sweeps(p, true);
    Arrays.fill(gradient, 0);
    normal.zero();
    double[] residual = new double[THREE];
    double[] jacobian = new double[0];
    double[] spread = new double[0];
    int[] at = new int[0];
    double cost = 0;
    for (int i = 0; i < data.size; i++) {
      SweepModel m = sweeps[data.sweep[i]];
      if (jacobian.length < THREE * m.columns()) {
        jacobian = new double[THREE * m.columns()];
        spread = new double[(ScanSmoother.NEAREST + 1) * jacobian.length];
        at = new int[spread.length / THREE];
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
      double weight = plain ? 1 : weight(delta2);
      // a third of the trace of half the second derivatives by the residuals, which is positive
      double curvature =
          plain || !near ? weight : weight * (1 - TWO_THIRDS * delta2 / (NU + delta2));
      scale(i, weight, curvature, residual, jacobian, m.columns());
      int used = spread(data.sweep[i], m, jacobian, at, spread);
      add(at, used, residual, spread, gradient);
      normal.addProducts(at, used, spread);
    }
    normal.mirror();
    return cost;
  }

  /** Derivatives times √curvature/σ, residuals times weight/(σ √curvature), in px, px, frames. */
  private void scale(
      int i, double weight, double curvature, double[] residual, double[] jacobian, int columns) {
    double fx = Math.sqrt(curvature / sigma2[3 * i]);
    double fy = Math.sqrt(curvature / sigma2[3 * i + 1]);
    double fz = Math.sqrt(curvature / sigma2[3 * i + 2]);
    residual[0] *= fx * weight / curvature;
    residual[1] *= fy * weight / curvature;
    residual[2] *= fz * weight / curvature;
    fx /= data.pixel[2 * i];
    fy /= data.pixel[2 * i + 1];
    fz /= data.width[i];
    for (int c = 0; c < columns; c++) {
      jacobian[3 * c] *= fx;
      jacobian[3 * c + 1] *= fy;
      jacobian[3 * c + 2] *= fz;
    }
  }

  /**
   * Derivatives by free parameters: a number of the crystal that varies has several.
   *
   * @return how many
   */
  int spread(int sweep, SweepModel m, double[] jacobian, int[] at, double[] spread) {
    CrystalBlock crystal = model.crystal(sweep);
    int plain = m.columns() - (crystal.isVarying() ? 2 * crystal.local() : 0);
    int n = 0;
    for (int c = 0; c < plain; c++) {
      if (wanted[sweep][c]) {
        at[n] = places[sweep][c];
        System.arraycopy(jacobian, THREE * c, spread, THREE * n, THREE);
        n++;
      }
    }
    for (int c = plain; c < m.columns(); c += 2) {
      if (wanted[sweep][c]) {
        n = values(sweep, m.edge(), (c - plain) / 2, jacobian, c, at, spread, n);
      }
    }
    return n;
  }

  /** By the values of a number, from its derivatives at the edges before and after. */
  private int values(
      int sweep,
      int edge,
      int number,
      double[] jacobian,
      int column,
      int[] at,
      double[] spread,
      int from) {
    CrystalBlock crystal = model.crystal(sweep);
    int before = crystal.weights(number, edge, weights);
    int after = crystal.weights(number, edge + 1, weightsAfter);
    int nearest = crystal.nearest(number);
    int n = from;
    for (int v = before; v < after + nearest; v++) {
      double left = v < before + nearest ? weights[v - before] : 0;
      double right = v >= after ? weightsAfter[v - after] : 0;
      at[n] = among[model.crystalAt(sweep) + v];
      for (int k = 0; k < THREE; k++) {
        spread[THREE * n + k] =
            left * jacobian[THREE * column + k] + right * jacobian[THREE * (column + 1) + k];
      }
      n++;
    }
    return n;
  }

  private static void add(
      int[] at, int used, double[] residual, double[] jacobian, double[] gradient) {
    for (int a = 0; a < used; a++) {
      gradient[at[a]] +=
          jacobian[3 * a] * residual[0]
              + jacobian[3 * a + 1] * residual[1]
              + jacobian[3 * a + 2] * residual[2];
    }
  }
}
