package org.mdx.bragg.internal.kernel;

/** Points of reciprocal space against a lattice. Does not check its arguments. */
public final class LatticeResiduals {
  private LatticeResiduals() {}

  /**
   * Nearest indices and what is left: h = rint(A⁻¹r), δ = A⁻¹r − h.
   *
   * @param r x, y, z of each point, Å⁻¹
   * @param inverse A⁻¹, row by row, Å
   * @param h indices, three for each point, set
   * @param rest δ, three for each point, set
   */
  public static void nearest(double[] r, double[] inverse, int[] h, double[] rest) {
    for (int k = 0; k < r.length; k += 3) {
      double x = r[k];
      double y = r[k + 1];
      double z = r[k + 2];
      for (int i = 0; i < 3; i++) {
        double f = inverse[3 * i] * x + inverse[3 * i + 1] * y + inverse[3 * i + 2] * z;
        double n = Math.rint(f);
        h[k + i] = (int) n;
        rest[k + i] = f - n;
      }
    }
  }

  /**
   * How many points lie near the lattice.
   *
   * @param r x, y, z of each point, Å⁻¹
   * @param inverse A⁻¹, row by row, Å
   * @param square largest |δ|²
   * @return the number with |δ|² below it
   */
  public static int count(double[] r, double[] inverse, double square) {
    double a = inverse[0];
    double b = inverse[1];
    double c = inverse[2];
    double d = inverse[3];
    double e = inverse[4];
    double f = inverse[5];
    double g = inverse[6];
    double p = inverse[7];
    double q = inverse[8];
    int count = 0;
    for (int k = 0; k < r.length; k += 3) {
      double x = r[k];
      double y = r[k + 1];
      double z = r[k + 2];
      double u = a * x + b * y + c * z;
      double v = d * x + e * y + f * z;
      double w = g * x + p * y + q * z;
      u -= Math.rint(u);
      v -= Math.rint(v);
      w -= Math.rint(w);
      if (u * u + v * v + w * w < square) {
        count++;
      }
    }
    return count;
  }
}
