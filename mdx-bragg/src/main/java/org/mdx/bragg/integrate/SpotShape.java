package org.mdx.bragg.integrate;

import java.util.Arrays;
import org.mdx.bragg.internal.kernel.SpotProfileKernel;

/**
 * The shape of spots: covariance of ε₁, ε₂, ε₃ in degrees² and a factor on a grid.
 *
 * @param covariance 11, 12, 22, 13, 23, 33
 * @param factor by which the normal distribution is multiplied, on {@link #POINTS}³ cells
 */
record SpotShape(double[] covariance, double[] factor) {
  /** Cells along each axis. */
  static final int POINTS = 11;

  /** Half the grid in standard deviations of the widths. */
  static final double REACH = 4.5;

  static SpotShape of(SpotWidths w) {
    double b = w.sigmaB() * w.sigmaB();
    return normal(new double[] {b, 0, b, 0, 0, w.sigmaM() * w.sigmaM()});
  }

  /** A normal distribution alone. */
  static SpotShape normal(double[] covariance) {
    double[] one = new double[POINTS * POINTS * POINTS];
    Arrays.fill(one, 1);
    return new SpotShape(covariance, one);
  }

  /** The cell of a place. */
  static int cell(double x, double y, double z, SpotWidths w) {
    return (axis(z / w.sigmaM()) * POINTS + axis(y / w.sigmaB())) * POINTS + axis(x / w.sigmaB());
  }

  private static int axis(double sigmas) {
    int i = (int) Math.floor((sigmas + REACH) * POINTS / (2 * REACH));
    return Math.max(0, Math.min(POINTS - 1, i));
  }

  /**
   * Expected share of each foreground pixel, slice by slice; those of a full reflection add up to
   * 1.
   */
  double[] profile(Target t, SpotWidths widths, double degreesPerFrame) {
    int n = t.pixels.length;
    double[] p = new double[n * t.slices];
    double[] edges = t.sliceEdges(degreesPerFrame);
    double[] e = new double[8];
    double[] slices = new double[t.slices];
    double zeta = t.frame.zeta() * degreesPerFrame;
    double[] whole = {zeta * (t.zFrom - t.z), zeta * (t.zTo - t.z)};
    double sum = 0;
    double all = 0;
    double[] wholeShare = new double[1];
    for (int i = 0; i < n; i++) {
      System.arraycopy(t.corners, 8 * i, e, 0, 8);
      double share = SpotProfileKernel.share(e, covariance);
      double x = (e[0] + e[2] + e[4] + e[6]) / 4;
      double y = (e[1] + e[3] + e[5] + e[7]) / 4;
      SpotProfileKernel.slices(x, y, covariance, edges, t.slices, slices, 0);
      for (int k = 0; k < t.slices; k++) {
        double z = (edges[k] + edges[k + 1]) / 2;
        double v = share * slices[k] * factor[cell(x, y, z, widths)];
        p[k * n + i] = v;
        sum += v;
      }
      if (!t.isFull()) {
        SpotProfileKernel.slices(x, y, covariance, whole, 1, wholeShare, 0);
        all += share * wholeShare[0];
      }
    }
    double norm = t.isFull() ? sum : all;
    for (int i = 0; i < p.length && norm > 0; i++) {
      p[i] /= norm;
    }
    return p;
  }
}
