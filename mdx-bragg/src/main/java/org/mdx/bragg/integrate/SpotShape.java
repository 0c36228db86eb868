package org.mdx.bragg.integrate;

import java.util.Arrays;
import org.mdx.bragg.internal.intensity.LocalFrame;
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
    double[] edges = t.sliceEdges(degreesPerFrame);
    double[] p = shares(t.corners, t.columns, t.pixels, edges, widths);
    double norm = 0;
    if (t.isFull()) {
      for (double v : p) {
        norm += v;
      }
    } else {
      double zeta = t.alongFrame(degreesPerFrame);
      double[] whole = {zeta * (t.zFrom - t.z), zeta * (t.zTo - t.z)};
      double[] e = new double[8];
      double[] all = new double[1];
      for (int i = 0; i < n; i++) {
        LocalFrame.pixel(t.corners, t.columns, t.pixels[i], e);
        double x = (e[0] + e[2] + e[4] + e[6]) / 4;
        double y = (e[1] + e[3] + e[5] + e[7]) / 4;
        SpotProfileKernel.slices(x, y, covariance, whole, 1, all, 0);
        norm += SpotProfileKernel.share(e, covariance) * all[0];
      }
    }
    for (int i = 0; i < p.length && norm > 0; i++) {
      p[i] /= norm;
    }
    return p;
  }

  /**
   * Expected shares of pixels, slice by slice, which add up to nothing in particular.
   *
   * @param corners ε₁, ε₂ at the corners of the pixels of a rectangle
   * @param w columns of it
   * @param pixels which, row · w + column
   * @param edges ε₃ at the limits of the slices
   */
  double[] shares(double[] corners, int w, int[] pixels, double[] edges, SpotWidths widths) {
    int n = pixels.length;
    int slices = edges.length - 1;
    double[] p = new double[n * slices];
    double[] e = new double[8];
    double[] along = new double[slices];
    int[] layer = new int[slices];
    for (int k = 0; k < slices; k++) {
      layer[k] = axis((edges[k] + edges[k + 1]) / 2 / widths.sigmaM()) * POINTS * POINTS;
    }
    for (int i = 0; i < n; i++) {
      LocalFrame.pixel(corners, w, pixels[i], e);
      double share = SpotProfileKernel.share(e, covariance);
      double x = (e[0] + e[2] + e[4] + e[6]) / 4;
      double y = (e[1] + e[3] + e[5] + e[7]) / 4;
      int place = axis(y / widths.sigmaB()) * POINTS + axis(x / widths.sigmaB());
      SpotProfileKernel.slices(x, y, covariance, edges, slices, along, 0);
      for (int k = 0; k < slices; k++) {
        p[k * n + i] = share * along[k] * factor[layer[k] + place];
      }
    }
    return p;
  }
}
