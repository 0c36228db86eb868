package org.mdx.bragg.scale;

/** Real spherical harmonics of degrees 1 to lmax, l by l, m from −l to l. */
final class Harmonics {
  private Harmonics() {}

  /** Number of functions: lmax (lmax + 2). */
  static int size(int lmax) {
    return lmax * (lmax + 2);
  }

  /** Adds half of the values at a unit vector. */
  static void addHalf(int lmax, double x, double y, double z, double[] out, int at) {
    double phi = Math.atan2(y, x);
    double s = Math.sqrt(Math.max(0, 1 - z * z));
    double[][] p = new double[lmax + 1][lmax + 1];
    // normalised associated Legendre functions, without the Condon–Shortley sign
    p[0][0] = Math.sqrt(1 / (4 * Math.PI));
    for (int m = 1; m <= lmax; m++) {
      p[m][m] = p[m - 1][m - 1] * s * Math.sqrt((2.0 * m + 1) / (2.0 * m));
    }
    for (int m = 0; m < lmax; m++) {
      p[m + 1][m] = z * Math.sqrt(2.0 * m + 3) * p[m][m];
      for (int l = m + 2; l <= lmax; l++) {
        double f = Math.sqrt((4.0 * l * l - 1) / (l * l - m * m));
        double g = Math.sqrt(((l - 1.0) * (l - 1) - m * m) / (4.0 * (l - 1) * (l - 1) - 1));
        p[l][m] = f * (z * p[l - 1][m] - g * p[l - 2][m]);
      }
    }
    int i = at;
    for (int l = 1; l <= lmax; l++) {
      for (int m = -l; m <= l; m++) {
        double angular =
            m == 0 ? 1 : Math.sqrt(2) * (m > 0 ? Math.cos(m * phi) : Math.sin(-m * phi));
        out[i++] += 0.5 * p[l][Math.abs(m)] * angular;
      }
    }
  }
}
