package org.mdx.level;

import java.util.Arrays;

/**
 * A fit of ln(mean) by a sum of columns, the means being gamma variates of shape n. The matrix of
 * scoring is then the same in all steps.
 */
final class LogLinear {
  private static final int STEPS = 30;

  /** A part of the diagonal that is added, so that columns of nothing do no harm. */
  private static final double RIDGE = 1e-9;

  /** ln(mean) of an image changes by no more than this in a step. */
  private static final double MOST = 2;

  private final double[][] factor;
  private final double[] parameters;
  private double deviance;

  /**
   * Fits.
   *
   * @param n observations of each image
   * @param mean of them, above 0
   * @param columns of each parameter one value for each image
   */
  LogLinear(double[] n, double[] mean, double[][] columns) {
    int p = columns.length;
    double[][] a = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        for (int f = 0; f < n.length; f++) {
          a[i][j] += n[f] * columns[i][f] * columns[j][f];
        }
      }
    }
    factor = cholesky(a);
    parameters = new double[p];
    double[] eta = new double[n.length];
    double top = 0;
    double bottom = 0;
    for (int f = 0; f < n.length; f++) {
      top += n[f] * mean[f];
      bottom += n[f];
    }
    Arrays.fill(eta, Math.log(top / bottom));
    for (int step = 0; step < STEPS; step++) {
      double[] right = new double[p];
      for (int f = 0; f < n.length; f++) {
        double z = eta[f] + Math.max(-MOST, Math.min(MOST, mean[f] / Math.exp(eta[f]) - 1));
        for (int i = 0; i < p && n[f] > 0; i++) {
          right[i] += n[f] * columns[i][f] * z;
        }
      }
      double[] next = solve(right);
      double change = 0;
      for (int i = 0; i < p; i++) {
        change = Math.max(change, Math.abs(next[i] - parameters[i]));
        parameters[i] = next[i];
      }
      Arrays.fill(eta, 0);
      for (int i = 0; i < p; i++) {
        for (int f = 0; f < n.length; f++) {
          eta[f] += parameters[i] * columns[i][f];
        }
      }
      if (change < 1e-6) {
        break;
      }
    }
    for (int f = 0; f < n.length; f++) {
      double ratio = mean[f] / Math.exp(eta[f]);
      deviance += n[f] > 0 ? n[f] * (ratio - 1 - Math.log(ratio)) : 0;
    }
  }

  /** −ln of the likelihood, 0 of a perfect fit. */
  double misfit() {
    return deviance;
  }

  double parameter(int i) {
    return parameters[i];
  }

  /** Standard deviation of a parameter. */
  double sigma(int i) {
    double[] unit = new double[parameters.length];
    unit[i] = 1;
    return Math.sqrt(solve(unit)[i]);
  }

  private static double[][] cholesky(double[][] a) {
    int n = a.length;
    double[][] l = new double[n][n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, a[i][i]);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j] + (i == j ? RIDGE * largest : 0);
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(Math.max(sum, RIDGE * largest)) : sum / l[j][j];
      }
    }
    return l;
  }

  private double[] solve(double[] right) {
    int n = right.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= factor[i][k] * x[k];
      }
      x[i] /= factor[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= factor[k][i] * x[k];
      }
      x[i] /= factor[i][i];
    }
    return x;
  }
}
