package org.mdx.bragg.internal.fit;

import java.util.Arrays;

/**
 * The floors in pixels and frames that make the residuals most likely: σ² = σ²_centroid + floor². A
 * step of the EM algorithm for Student's t: with the weights w as they are, Σ (w r² − σ²)/σ⁴ = 0 is
 * approached by a step of Fisher scoring in floor².
 */
final class FloorFit {
  private static final double LEAST = 1e-6;
  private static final double NORMAL = 1.4826;

  private FloorFit() {}

  /** From the median of |r|, which outliers do not move: px, frames. */
  static double[] first(double[] residuals) {
    int n = residuals.length / 3;
    double[] xy = new double[2 * n];
    double[] z = new double[n];
    for (int i = 0; i < n; i++) {
      xy[2 * i] = Math.abs(residuals[3 * i]);
      xy[2 * i + 1] = Math.abs(residuals[3 * i + 1]);
      z[i] = Math.abs(residuals[3 * i + 2]);
    }
    return new double[] {Math.max(LEAST, NORMAL * median(xy)), Math.max(LEAST, NORMAL * median(z))};
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The floors after the weights of the residuals with the floors as they are. */
  static double[] next(FitProblem problem, double[] variance, double[] residuals, double[] now) {
    double floorXy = now[0] * now[0];
    double floorZ = now[1] * now[1];
    double excessXy = 0;
    double excessZ = 0;
    double informationXy = 0;
    double informationZ = 0;
    for (int i = 0; i < residuals.length; i += 3) {
      double sx = variance[i] + floorXy;
      double sy = variance[i + 1] + floorXy;
      double sz = variance[i + 2] + floorZ;
      double ix = 1 / sx;
      double iy = 1 / sy;
      double iz = 1 / sz;
      double x = residuals[i] * residuals[i];
      double y = residuals[i + 1] * residuals[i + 1];
      double z = residuals[i + 2] * residuals[i + 2];
      double w = problem.weight(x * ix + y * iy + z * iz);
      excessXy += (w * x - sx) * (ix * ix) + (w * y - sy) * (iy * iy);
      excessZ += (w * z - sz) * (iz * iz);
      informationXy += ix * ix + iy * iy;
      informationZ += iz * iz;
    }
    return new double[] {
      Math.sqrt(Math.max(LEAST * LEAST, floorXy + excessXy / informationXy)),
      Math.sqrt(Math.max(LEAST * LEAST, floorZ + excessZ / informationZ))
    };
  }
}
