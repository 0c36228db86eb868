package org.mdx.bragg.internal.kernel;

/**
 * How well a vector v of the direct lattice fits points r of the reciprocal one: f = Σ w cos 2π
 * r·v, which is Σ w if every r·v is integral. Does not check its arguments.
 */
public final class CosineSum {
  private CosineSum() {}

  /**
   * The sum.
   *
   * @param r x, y, z of each point, Å⁻¹
   * @param w weight of each point
   * @param vx component of v in Å
   * @param vy component
   * @param vz component
   * @return f
   */
  public static double value(double[] r, double[] w, double vx, double vy, double vz) {
    double sum = 0;
    for (int i = 0, k = 0; i < w.length; i++, k += 3) {
      double t = r[k] * vx + r[k + 1] * vy + r[k + 2] * vz;
      t -= Math.rint(t);
      sum += w[i] * Math.cos(2 * Math.PI * t);
    }
    return sum;
  }

  /**
   * Sum, gradient and curvature. The curvature leaves out points whose cosine is negative, so that
   * it is never indefinite.
   *
   * @param r x, y, z of each point, Å⁻¹
   * @param w weight of each point
   * @param v components of v in Å
   * @param out f; ∂f/∂v (3); 4π² Σ w max(0, cos 2π r·v)·r·rᵀ as xx, yy, zz, xy, xz, yz
   */
  public static void derivatives(double[] r, double[] w, double[] v, double[] out) {
    double f = 0;
    double gx = 0;
    double gy = 0;
    double gz = 0;
    double xx = 0;
    double yy = 0;
    double zz = 0;
    double xy = 0;
    double xz = 0;
    double yz = 0;
    for (int i = 0, k = 0; i < w.length; i++, k += 3) {
      double x = r[k];
      double y = r[k + 1];
      double z = r[k + 2];
      double t = x * v[0] + y * v[1] + z * v[2];
      t = 2 * Math.PI * (t - Math.rint(t));
      double c = w[i] * Math.cos(t);
      double s = w[i] * Math.sin(t);
      f += c;
      gx -= s * x;
      gy -= s * y;
      gz -= s * z;
      c = Math.max(c, 0);
      xx += c * x * x;
      yy += c * y * y;
      zz += c * z * z;
      xy += c * x * y;
      xz += c * x * z;
      yz += c * y * z;
    }
    double p = 2 * Math.PI;
    out[0] = f;
    out[1] = p * gx;
    out[2] = p * gy;
    out[3] = p * gz;
    out[4] = p * p * xx;
    out[5] = p * p * yy;
    out[6] = p * p * zz;
    out[7] = p * p * xy;
    out[8] = p * p * xz;
    out[9] = p * p * yz;
  }
}
