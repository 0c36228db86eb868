package org.mdx.bragg.internal.kernel;

/**
 * Expected share of a spot in each pixel: a normal distribution in ε₁, ε₂, ε₃ (degrees), integrated
 * over the area of the pixel and over slices of the rotation.
 */
public final class SpotProfileKernel {
  /** Abscissae and weights of Gauss and Legendre for three points on 0 to 1. */
  private static final double[] AT = {0.1127016653792583, 0.5, 0.8872983346207417};

  private static final double[] WEIGHT = {5 / 18.0, 8 / 18.0, 5 / 18.0};

  private SpotProfileKernel() {}

  /**
   * The share of the spot in a pixel, over the whole rotation. Does not check.
   *
   * @param e ε₁ and ε₂ at the corners (0, 0), (1, 0), (0, 1), (1, 1): eight values
   * @param c covariance 11, 12, 22, 13, 23, 33; positive definite
   * @return the integral over the pixel
   */
  public static double share(double[] e, double[] c) {
    double det = c[0] * c[2] - c[1] * c[1];
    double q11 = -0.5 * c[2] / det;
    double q12 = c[1] / det;
    double q22 = -0.5 * c[0] / det;
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      double v = AT[j];
      double left1 = e[0] + v * (e[4] - e[0]);
      double left2 = e[1] + v * (e[5] - e[1]);
      double right1 = e[2] + v * (e[6] - e[2]);
      double right2 = e[3] + v * (e[7] - e[3]);
      for (int i = 0; i < 3; i++) {
        double x = left1 + AT[i] * (right1 - left1);
        double y = left2 + AT[i] * (right2 - left2);
        sum += WEIGHT[i] * WEIGHT[j] * Math.exp(q11 * x * x + q12 * x * y + q22 * y * y);
      }
    }
    double area = Math.abs((e[6] - e[0]) * (e[5] - e[3]) - (e[7] - e[1]) * (e[4] - e[2])) / 2;
    return sum * area / (2 * Math.PI * Math.sqrt(det));
  }

  /**
   * The share of the slices, given ε₁ and ε₂. Does not check.
   *
   * @param x ε₁
   * @param y ε₂
   * @param c covariance as above
   * @param edges ε₃ at the limits of the slices, rising or falling
   * @param slices number of slices, one less than edges
   * @param out receives the shares from {@code at} on
   * @param at where to begin
   */
  public static void slices(
      double x, double y, double[] c, double[] edges, int slices, double[] out, int at) {
    double det = c[0] * c[2] - c[1] * c[1];
    double a = (c[3] * c[2] - c[4] * c[1]) / det;
    double b = (c[4] * c[0] - c[3] * c[1]) / det;
    double mean = a * x + b * y;
    double f = 1 / Math.sqrt(2 * (c[5] - a * c[3] - b * c[4]));
    double before = ErrorFunction.erf((edges[0] - mean) * f);
    for (int k = 0; k < slices; k++) {
      double after = ErrorFunction.erf((edges[k + 1] - mean) * f);
      out[at + k] = 0.5 * Math.abs(after - before);
      before = after;
    }
  }
}
