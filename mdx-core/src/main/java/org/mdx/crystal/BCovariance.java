package org.mdx.crystal;

import org.mdx.math.Mat3;

/**
 * Covariance of the elements of B, row by row, in A = U·B: 9 × 9 numbers in Å⁻², DIALS's {@code
 * B_covariance}. From it come the uncertainties of the cell. Immutable.
 */
public final class BCovariance {
  private static final int NINE = 9;
  private static final int SIX = 6;

  private final double[] elements;

  private BCovariance(double[] elements) {
    this.elements = elements.clone();
  }

  /**
   * A covariance.
   *
   * @param elements 81 numbers, row by row
   * @return the covariance
   * @throws IllegalArgumentException if there are not 81, one is not a number, or a variance is
   *     negative
   */
  public static BCovariance of(double... elements) {
    if (elements.length != NINE * NINE) {
      throw new IllegalArgumentException(
          "covariance of B has " + elements.length + " elements, must be 81");
    }
    for (int i = 0; i < elements.length; i++) {
      if (!Double.isFinite(elements[i]) || i % (NINE + 1) == 0 && elements[i] < 0) {
        throw new IllegalArgumentException(
            "element " + i + " of the covariance of B is " + elements[i]);
      }
    }
    return new BCovariance(elements);
  }

  /**
   * The elements.
   *
   * @return 81 numbers, row by row
   */
  public double[] toArray() {
    return elements.clone();
  }

  /** Σ T C Tᵀ for derivatives[row of the result][element of B]. */
  private double[] through(double[][] derivatives) {
    int n = derivatives.length;
    double[] out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < NINE; k++) {
          for (int l = 0; l < NINE; l++) {
            sum += derivatives[i][k] * elements[NINE * k + l] * derivatives[j][l];
          }
        }
        out[n * i + j] = sum;
      }
    }
    return out;
  }

  /** ∂G* of an element of B: ∂Bᵀ·B + Bᵀ·∂B. */
  private static Mat3 metric(Mat3 b, int element) {
    double[] unit = new double[NINE];
    unit[element] = 1;
    Mat3 half = Mat3.ofRowMajor(unit).transpose().times(b);
    return half.plus(half.transpose());
  }

  /**
   * The same for other axes, whose metric is P·G*·Pᵀ; of ∂G* comes ∂B = L·B with L + Lᵀ =
   * B⁻ᵀ·∂G*·B⁻¹ and L lower triangular.
   */
  BCovariance reindexed(Mat3 b, Mat3 p, Mat3 newB) {
    Mat3 inverse = newB.inverse();
    double[][] derivatives = new double[NINE][NINE];
    for (int k = 0; k < NINE; k++) {
      Mat3 metric = p.times(metric(b, k)).times(p.transpose());
      Mat3 x = inverse.transpose().times(metric).times(inverse);
      Mat3 lower =
          new Mat3(x.m00() / 2, 0, 0, x.m10(), x.m11() / 2, 0, x.m20(), x.m21(), x.m22() / 2);
      double[] column = lower.times(newB).toRowMajor();
      for (int i = 0; i < NINE; i++) {
        derivatives[i][k] = column[i];
      }
    }
    return new BCovariance(through(derivatives));
  }

  /**
   * Covariance of a, b, c (Å), α, β, γ (degrees), 6 × 6 row by row: G = G*⁻¹, ∂G = −G·∂G*·G, a =
   * √G₁₁, cosα = G₂₃/(bc).
   */
  double[] ofCell(Mat3 b) {
    Mat3 g = b.transpose().times(b).inverse();
    double[] e = g.toRowMajor();
    double[] edge = {Math.sqrt(e[0]), Math.sqrt(e[4]), Math.sqrt(e[8])};
    double[][] derivatives = new double[SIX][NINE];
    for (int k = 0; k < NINE; k++) {
      double[] dg = g.times(metric(b, k)).times(g).times(-1).toRowMajor();
      for (int i = 0; i < 3; i++) {
        derivatives[i][k] = dg[4 * i] / (2 * edge[i]);
      }
      for (int i = 0; i < 3; i++) {
        int m = (i + 1) % 3;
        int n = (i + 2) % 3;
        double cosine = e[3 * m + n] / (edge[m] * edge[n]);
        double dCosine =
            dg[3 * m + n] / (edge[m] * edge[n])
                - cosine * (derivatives[m][k] / edge[m] + derivatives[n][k] / edge[n]);
        derivatives[3 + i][k] = Math.toDegrees(-dCosine / Math.sqrt(1 - cosine * cosine));
      }
    }
    return through(derivatives);
  }
}
