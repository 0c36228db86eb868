package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.Covariance;
import org.mdx.crystal.BCovariance;

/**
 * Covariance of the free parameters: (JᵀΣ⁻¹J + prior)⁻¹ times k/g², with ψ = wδ: k the mean of ψ²
 * and g that of its derivative, each over the three components (Huber 1981, Robust Statistics,
 * section 7.6), and N/(N − P), P the number of parameters that the observations determine. With the
 * normal law the factor is χ²/(N − P).
 */
final class FitCovariance {
  /** Elements of B. */
  private static final int NINE = 9;

  private final FitModel model;
  private final double[] p;
  private final int[] among;
  private final Covariance matrix;
  private final List<FitModel.Reported> reported = new ArrayList<>(); // those that are free

  /**
   * The covariance.
   *
   * @param known its matrix gets the priors
   */
  FitCovariance(
      FitModel model, FitProblem problem, int[] free, double[] p, FitProblem.Information known) {
    this.model = model;
    this.p = p;
    among = problem.among();
    ArrowMatrix information = known.normal();
    double squares = known.squares();
    double slope = known.slope();
    for (RandomWalk walk : model.walks()) {
      walk.add(p, among, 1 / slope, new double[free.length], information);
    }
    Covariance bare = Covariance.of(information).times(squares / (slope * slope));
    double determined = free.length;
    for (RandomWalk walk : model.walks()) {
      determined -= walk.strength() * slope / squares * walk.variances(among, bare);
    }
    double observations = problem.observations();
    matrix = bare.times(observations / (observations - determined));
    for (FitModel.Reported r : model.reported()) {
      if (among[r.places()[0]] >= 0) {
        reported.add(r);
      }
    }
  }

  /** Covariance of two sums of parameters. */
  private double covariance(int[] a, double[] wa, int[] b, double[] wb) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        if (wa[i] != 0 && wb[j] != 0) {
          sum += wa[i] * wb[j] * matrix.get(among[a[i]], among[b[j]]);
        }
      }
    }
    return sum;
  }

  private double covariance(FitModel.Reported a, FitModel.Reported b) {
    return covariance(a.places(), a.weights(), b.places(), b.weights());
  }

  List<FittedParameter> parameters() {
    List<FittedParameter> out = new ArrayList<>();
    for (FitModel.Reported r : reported) {
      double change = 0;
      for (int i = 0; i < r.places().length; i++) {
        change += r.weights()[i] * p[r.places()[i]];
      }
      out.add(
          new FittedParameter(r.name(), r.kind(), r.model(), change, Math.sqrt(covariance(r, r))));
    }
    return List.copyOf(out);
  }

  double[] correlations() {
    int n = reported.size();
    double[] out = new double[n * n];
    double[] sigma = new double[n];
    for (int i = 0; i < n; i++) {
      sigma[i] = Math.sqrt(covariance(reported.get(i), reported.get(i)));
    }
    for (int i = 0; i < n; i++) {
      out[i * n + i] = Double.isNaN(sigma[i]) ? Double.NaN : 1;
      for (int j = 0; j < i; j++) {
        double c = covariance(reported.get(i), reported.get(j)) / (sigma[i] * sigma[j]);
        out[i * n + j] = c;
        out[j * n + i] = c;
      }
    }
    return out;
  }

  /** Covariances of a, b, c, α, β, γ of the mean cells, 6 × 6 row by row, one for each sweep. */
  double[][] cells() {
    double[][] out = new double[model.starts().size()][];
    for (int s = 0; s < out.length; s++) {
      out[s] = through(model.crystal(s).meanCell(p, model.crystalAt(s)), s);
    }
    return out;
  }

  /** Covariance of B of a sweep's mean cell; empty if the cell is fixed or undetermined. */
  Optional<BCovariance> ofB(int sweep) {
    double[] c = through(model.crystal(sweep).meanB(p, model.crystalAt(sweep)), sweep);
    boolean known = Arrays.stream(c).allMatch(Double::isFinite);
    // the inverse of a matrix that is all but singular may have negative variances
    for (int i = 0; i < c.length; i += NINE + 1) {
      known &= c[i] >= 0;
    }
    return known && Arrays.stream(c).anyMatch(v -> v != 0)
        ? Optional.of(BCovariance.of(c))
        : Optional.empty();
  }

  /** Covariance of numbers whose derivatives by the parameters of a crystal are known. */
  private double[] through(double[][] derivatives, int sweep) {
    int from = model.crystalAt(sweep);
    int n = derivatives[0].length;
    double[] out = new double[n * n];
    for (int i = 0; i < derivatives.length; i++) {
      for (int j = 0; j < derivatives.length; j++) {
        if (among[from + i] >= 0 && among[from + j] >= 0) {
          addProducts(derivatives[i], derivatives[j], among[from + i], among[from + j], out);
        }
      }
    }
    return out;
  }

  /** Without the parameters that a number does not depend on, which may be undetermined. */
  private void addProducts(double[] first, double[] second, int i, int j, double[] sum) {
    int n = first.length;
    double covariance = Double.NaN;
    for (int c = 0; c < n; c++) {
      for (int e = 0; e < n; e++) {
        if (first[c] != 0 && second[e] != 0) {
          covariance = Double.isNaN(covariance) ? matrix.get(i, j) : covariance;
          sum[n * c + e] += first[c] * covariance * second[e];
        }
      }
    }
  }

  /** A sweep's crystal at a place. */
  CrystalState state(int sweep, double position) {
    CrystalBlock block = model.crystal(sweep);
    int from = model.crystalAt(sweep);
    List<Double> rotation = new ArrayList<>();
    List<Double> sigmas = new ArrayList<>();
    List<Double> beam = new ArrayList<>();
    List<Double> beamSigmas = new ArrayList<>();
    for (int k = 0; k < block.local(); k++) {
      boolean turn = k < CrystalBlock.ROTATIONS;
      if (!turn && k < block.beamNumber()) {
        continue;
      }
      double[] w = block.fromMean(k, position);
      int[] at = new int[w.length];
      double sum = 0;
      for (int i = 0; i < w.length; i++) {
        at[i] = from + block.offset(k) + i;
        sum += w[i] * p[at[i]];
      }
      (turn ? rotation : beam).add(sum);
      (turn ? sigmas : beamSigmas).add(among[at[0]] < 0 ? 0 : Math.sqrt(covariance(at, w, at, w)));
    }
    double[] six = through(block.cellFromMean(p, from, position), sweep);
    List<Double> cell = new ArrayList<>();
    for (int c = 0; c < 6; c++) {
      cell.add(Math.sqrt(six[7 * c]));
    }
    return new CrystalState(
        sweep, position, rotation, sigmas, block.cellAt(p, from, position), cell, beam, beamSigmas);
  }
}
