package org.mdx.bragg.internal.algebra;

import java.util.Arrays;

/**
 * Normal equations of observations in three components that depend on the same parameters: plain
 * columns, whose derivatives are given, and columns of a crystal, whose derivative is a·(T·h) with
 * a vector a for each component, the index h, and a matrix T that is the same for all observations.
 * So the sums for all T at once are
 *
 * <pre>
 * Σ J J' = T : Σ (a aᵀ) ⊗ (h hᵀ) : T'      6 · 6 numbers, as both factors are symmetric
 * Σ j J  = T : Σ (j a) ⊗ h                  9 numbers for each plain column
 * </pre>
 *
 * <p>of which the columns are made once at the end. Where T is known at the two edges of an image,
 * an observation counts 1 − f for the edge before it and f for that after it, and there are columns
 * of both.
 */
public final class BatchNormal {
  private static final int NINE = 9;

  /** Place of an element of a symmetric matrix of three rows among its six. */
  private static final int[] SYMMETRIC = {0, 1, 2, 1, 3, 4, 2, 4, 5};

  private static final int SIX = 6;
  private static final int PAIRS = SIX * SIX;

  private int plain;
  private int columns;
  private double[] between = {}; // plain · plain, filled from the diagonal to the right
  private double[] ofPlain = {}; // gradient
  private final double[][] across = {{}, {}}; // of each edge: 9 for each plain column
  private final double[][] crystal = new double[3][PAIRS]; // edges 0·0, 0·1, 1·1
  private final double[][] ofCrystal = new double[2][NINE]; // gradient
  private final double[] six = new double[SIX];
  private double[] matrix = {};
  private double[] gradient = {};

  /** Begins anew. */
  public void begin(int plainColumns) {
    plain = plainColumns;
    columns = plain;
    if (ofPlain.length < plain) {
      ofPlain = new double[plain];
      between = new double[plain * plain];
      across[0] = new double[NINE * plain];
      across[1] = new double[NINE * plain];
    }
    Arrays.fill(ofPlain, 0);
    Arrays.fill(between, 0);
    for (int side = 0; side < 2; side++) {
      Arrays.fill(across[side], 0);
      Arrays.fill(ofCrystal[side], 0);
    }
    for (double[] pair : crystal) {
      Arrays.fill(pair, 0);
    }
  }

  /**
   * Adds an observation.
   *
   * @param jacobian derivatives of the first component by all plain columns, then of the others
   * @param residual its three components
   * @param a vectors of the three components
   * @param h the index
   * @param fraction f, 0 of a crystal that does not change
   */
  public void add(double[] jacobian, double[] residual, double[] a, double[] h, double fraction) {
    addPlain(jacobian, residual, a, h, fraction);
    double[] w = six;
    int n = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = i; j < 3; j++) {
        w[n++] = a[i] * a[j] + a[3 + i] * a[3 + j] + a[6 + i] * a[6 + j];
      }
    }
    double f0 = 1 - fraction;
    addPairs(crystal[0], f0 * f0, h);
    if (fraction != 0) {
      addPairs(crystal[1], f0 * fraction, h);
      addPairs(crystal[2], fraction * fraction, h);
    }
    for (int i = 0; i < 3; i++) {
      double u = a[i] * residual[0] + a[3 + i] * residual[1] + a[6 + i] * residual[2];
      addOuter(ofCrystal, 3 * i, u, h, fraction);
    }
  }

  private void addPlain(
      double[] jacobian, double[] residual, double[] a, double[] h, double fraction) {
    int n = plain;
    double[] m = between;
    for (int p = 0; p < n; p++) {
      double j0 = jacobian[p];
      double j1 = jacobian[n + p];
      double j2 = jacobian[2 * n + p];
      ofPlain[p] += j0 * residual[0] + j1 * residual[1] + j2 * residual[2];
      int row = p * n;
      for (int b = p; b < n; b++) {
        m[row + b] += j0 * jacobian[b] + j1 * jacobian[n + b] + j2 * jacobian[2 * n + b];
      }
      for (int i = 0; i < 3; i++) {
        double u = j0 * a[i] + j1 * a[3 + i] + j2 * a[6 + i];
        addOuter(across, NINE * p + 3 * i, u, h, fraction);
      }
    }
  }

  private static void addOuter(double[][] sums, int at, double u, double[] h, double fraction) {
    double u0 = (1 - fraction) * u;
    double[] before = sums[0];
    before[at] += u0 * h[0];
    before[at + 1] += u0 * h[1];
    before[at + 2] += u0 * h[2];
    if (fraction != 0) {
      double u1 = fraction * u;
      double[] after = sums[1];
      after[at] += u1 * h[0];
      after[at + 1] += u1 * h[1];
      after[at + 2] += u1 * h[2];
    }
  }

  private void addPairs(double[] sums, double factor, double[] h) {
    double h00 = factor * h[0] * h[0];
    double h01 = factor * h[0] * h[1];
    double h02 = factor * h[0] * h[2];
    double h11 = factor * h[1] * h[1];
    double h12 = factor * h[1] * h[2];
    double h22 = factor * h[2] * h[2];
    for (int i = 0; i < SIX; i++) {
      double w = six[i];
      int at = SIX * i;
      sums[at] += w * h00;
      sums[at + 1] += w * h01;
      sums[at + 2] += w * h02;
      sums[at + 3] += w * h11;
      sums[at + 4] += w * h12;
      sums[at + 5] += w * h22;
    }
  }

  /**
   * Makes the columns: the plain ones, then those of the crystal.
   *
   * @param directions T of each, row by row
   * @param sides whether it is that of the edge before (0) or after (1)
   */
  public void finish(double[][] directions, int[] sides) {
    int m = directions.length;
    columns = plain + m;
    if (gradient.length < columns) {
      gradient = new double[columns];
      matrix = new double[columns * columns];
    }
    System.arraycopy(ofPlain, 0, gradient, 0, plain);
    for (int p = 0; p < plain; p++) {
      System.arraycopy(between, p * plain, matrix, p * columns, plain);
      for (int c = 0; c < m; c++) {
        matrix[p * columns + plain + c] = product(directions[c], across[sides[c]], NINE * p);
      }
    }
    double[][] half = new double[2][NINE];
    for (int c = 0; c < m; c++) {
      gradient[plain + c] = product(directions[c], ofCrystal[sides[c]], 0);
      half(directions[c], crystal[sides[c]], half[0]);
      half(directions[c], crystal[sides[c] + 1], half[1]);
      for (int e = c; e < m; e++) {
        matrix[(plain + c) * columns + plain + e] = product(directions[e], half[sides[e]], 0);
      }
    }
  }

  private static double product(double[] direction, double[] sums, int at) {
    double sum = 0;
    for (int i = 0; i < NINE; i++) {
      sum += direction[i] * sums[at + i];
    }
    return sum;
  }

  private static void half(double[] direction, double[] pairs, double[] out) {
    for (int l = 0; l < 3; l++) {
      for (int m = 0; m < 3; m++) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
          int at = SIX * SYMMETRIC[3 * i + l];
          for (int k = 0; k < 3; k++) {
            sum += direction[3 * i + k] * pairs[at + SYMMETRIC[3 * k + m]];
          }
        }
        out[3 * l + m] = sum;
      }
    }
  }

  /** Σ Jᵀr of a column. */
  public double gradient(int a) {
    return gradient[a];
  }

  /** Σ JᵀJ of two columns. */
  public double get(int a, int b) {
    return a <= b ? matrix[a * columns + b] : matrix[b * columns + a];
  }
}
