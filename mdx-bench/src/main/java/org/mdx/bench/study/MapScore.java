package org.mdx.bench.study;

import java.util.Arrays;
import org.mdx.sim.NoiseCeiling;
import org.mdx.stats.Correlation;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Agreement of a merged map with the truth, by shells of resolution.
 *
 * <p>The map's scale is a freedom of every scaling: it is divided by one factor that makes its sum
 * that of the truth. Bias and χ² compare with what the same voxels have without noise and with true
 * factors, so that neither knows of the shape of voxels; correlations are with the intensity of the
 * model.
 */
final class MapScore {
  /** Limits of the shells in Å⁻¹. */
  static final double[] SHELLS = {0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75};

  private static final int N = SHELLS.length - 1;

  /** Width of the shells whose mean is the isotropic part. */
  static final double THIN = 0.01;

  /**
   * The truth.
   *
   * @param exact merged without noise with true factors: every voxel that was met
   * @param length s of each of its rows
   * @param model intensity of the model for each of its rows, NaN where all was masked
   */
  record Truth(HKLTable exact, double[] length, double[] model) {}

  /** Correlation with the truth, of all and without the isotropic part. */
  final double[] correlation = new double[N];

  final double[] anisotropic = new double[N];

  /** Correlation that the noise allows, by the errors of the map. */
  final double[] ceiling = new double[N];

  /** Mean of map over mean of truth, less one. */
  final double[] bias = new double[N];

  /** χ² of the merged values, and of what remains without the difference of the isotropic parts. */
  final double[] chi = new double[N];

  final double[] chiAnisotropic = new double[N];

  final int[] voxels = new int[N];

  /** What map intensities are to be divided by. */
  final double factor;

  /**
   * Compares.
   *
   * @param merged the map
   * @param truth what should be there
   * @param take the voxels to compare, as rows of the truth
   */
  MapScore(HKLTable merged, Truth truth, boolean[] take) {
    int[] rows = merged.rowsIn(truth.exact);
    double[] value = new double[truth.exact.rows()];
    double[] sigma = new double[value.length];
    Arrays.fill(value, Double.NaN);
    double map = 0;
    double exact = 0;
    for (int i = 0; i < rows.length; i++) {
      double m = merged.column(ColumnNames.INTENSITY).get(i);
      if (rows[i] >= 0 && take[rows[i]] && shell(truth, rows[i]) >= 0 && !Double.isNaN(m)) {
        value[rows[i]] = m;
        sigma[rows[i]] = merged.column(ColumnNames.INTENSITY_ERROR).get(i);
        map += m;
        exact += truth.exact.column(ColumnNames.INTENSITY).get(rows[i]);
      }
    }
    factor = map / exact;
    for (int s = 0; s < N; s++) {
      score(s, value, sigma, truth);
    }
  }

  /** Whether each voxel of the truth has a value in a map. */
  static boolean[] present(HKLTable merged, Truth truth) {
    boolean[] present = new boolean[truth.exact.rows()];
    int[] rows = merged.rowsIn(truth.exact);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0 && !Double.isNaN(merged.column(ColumnNames.INTENSITY).get(i))) {
        present[rows[i]] = true;
      }
    }
    return present;
  }

  /** Number of a voxel's shell, −1 outside all and where there is no truth. */
  static int shell(Truth truth, int row) {
    int at = Arrays.binarySearch(SHELLS, truth.length[row]);
    int below = at < 0 ? -at - 2 : at;
    return below >= 0 && below < N && !Double.isNaN(truth.model[row]) ? below : -1;
  }

  private void score(int s, double[] value, double[] sigma, Truth truth) {
    int[] rows = new int[value.length];
    int n = 0;
    for (int i = 0; i < value.length; i++) {
      if (!Double.isNaN(value[i]) && shell(truth, i) == s) {
        rows[n++] = i;
      }
    }
    double[] m = new double[n];
    double[] e = new double[n];
    double[] t = new double[n];
    double[] error = new double[n];
    int[] thin = new int[n];
    double off = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      m[i] = value[rows[i]] / factor;
      e[i] = truth.exact.column(ColumnNames.INTENSITY).get(rows[i]);
      t[i] = truth.model[rows[i]];
      error[i] = sigma[rows[i]] / factor;
      thin[i] = (int) (truth.length[rows[i]] / THIN);
      off += m[i] - e[i];
      sum += e[i];
    }
    voxels[s] = n;
    bias[s] = off / sum;
    ceiling[s] = NoiseCeiling.correlation(t, error);
    correlation[s] = correlate(m, t);
    chi[s] = chiSquare(m, e, error);
    double[] flat = anisotropic(m, thin);
    chiAnisotropic[s] = chiSquare(flat, anisotropic(e, thin), error);
    anisotropic[s] = correlate(flat, anisotropic(t, thin));
  }

  static double correlate(double[] x, double[] y) {
    Correlation c = new Correlation();
    for (int i = 0; i < x.length; i++) {
      c.add(x[i], y[i]);
    }
    return c.value();
  }

  private static double chiSquare(double[] x, double[] y, double[] error) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]) / (error[i] * error[i]);
    }
    return sum / x.length;
  }

  /** Without the mean of each thin shell. */
  static double[] anisotropic(double[] x, int[] thin) {
    int shells = Arrays.stream(thin).max().orElse(0) + 1;
    double[] sum = new double[shells];
    int[] n = new int[shells];
    for (int i = 0; i < x.length; i++) {
      sum[thin[i]] += x[i];
      n[thin[i]]++;
    }
    double[] out = new double[x.length];
    Arrays.setAll(out, i -> x[i] - sum[thin[i]] / n[thin[i]]);
    return out;
  }
}
