package org.mdx.bragg.integrate;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Intensities of spots that share pixels: c = b + Σ I_j p_j by weighted least squares with v = u +
 * Σ I_j p_j, as the fit of profiles does for one spot. The normal system has a row for each spot.
 */
final class OverlapFit {
  private static final int ROUNDS = 25;
  private static final double CONVERGED = 1e-5;

  private OverlapFit() {}

  /**
   * Fits the intensities. Does not check.
   *
   * @param excess c − b of each pixel
   * @param variance u of each pixel, above 0
   * @param profiles p of each pixel, for each spot
   * @param n number of pixels
   * @param intensities I of each spot to begin with; receives the fitted ones
   * @param out receives the variance of the first I, −∂I/∂b of it, and by how much the variance
   *     exceeds that of the first spot alone
   * @return false if the spots cannot be told apart
   */
  static boolean fit(
      double[] excess,
      double[] variance,
      double[][] profiles,
      int n,
      double[] intensities,
      double[] out) {
    int spots = profiles.length;
    DMatrixRMaj a = new DMatrixRMaj(spots, spots);
    DMatrixRMaj inverse = new DMatrixRMaj(spots, spots);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(spots);
    double[] top = new double[spots];
    double[] slope = new double[spots];
    for (int round = 0; round < ROUNDS; round++) {
      normal(excess, variance, profiles, n, intensities, a, top, slope);
      double[] scale = scale(a, spots);
      if (!solver.setA(a)) {
        return false;
      }
      solver.invert(inverse);
      double before = intensities[0];
      out[1] = 0;
      for (int j = 0; j < spots; j++) {
        intensities[j] = 0;
        for (int k = 0; k < spots; k++) {
          intensities[j] += scale[j] * inverse.get(j, k) * scale[k] * top[k];
        }
        out[1] += scale[0] * inverse.get(0, j) * scale[j] * slope[j];
      }
      out[0] = scale[0] * scale[0] * inverse.get(0, 0);
      out[2] = inverse.get(0, 0);
      if (Math.abs(intensities[0] - before) <= CONVERGED * Math.sqrt(out[0])) {
        break;
      }
    }
    return true;
  }

  /** Σp pᵀ/v, Σp (c − b)/v and Σp/v. */
  private static void normal(
      double[] excess,
      double[] variance,
      double[][] profiles,
      int n,
      double[] intensities,
      DMatrixRMaj a,
      double[] top,
      double[] slope) {
    int spots = profiles.length;
    a.zero();
    Arrays.fill(top, 0);
    Arrays.fill(slope, 0);
    for (int i = 0; i < n; i++) {
      double v = variance[i];
      for (int j = 0; j < spots; j++) {
        v += Math.max(0, intensities[j]) * profiles[j][i];
      }
      for (int j = 0; j < spots; j++) {
        double w = profiles[j][i] / v;
        for (int k = 0; k < spots; k++) {
          a.add(j, k, w * profiles[k][i]);
        }
        top[j] += w * excess[i];
        slope[j] += w;
      }
    }
  }

  /** Makes the diagonal 1; tells by what rows and columns were multiplied. */
  private static double[] scale(DMatrixRMaj a, int spots) {
    double[] scale = new double[spots];
    for (int j = 0; j < spots; j++) {
      scale[j] = 1 / Math.sqrt(Math.max(Double.MIN_NORMAL, a.get(j, j)));
    }
    for (int j = 0; j < spots; j++) {
      for (int k = 0; k < spots; k++) {
        a.set(j, k, a.get(j, k) * scale[j] * scale[k]);
      }
    }
    return scale;
  }
}
