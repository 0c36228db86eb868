package org.mdx.bragg.internal.kernel;

/**
 * Intensity by profile fitting: I = Σ(c − b)p/v ÷ Σp²/v with v = u + I p, where u is the variance
 * of a pixel without the spot. For counts, u = b, the fixed point is the maximum of the Poisson
 * likelihood. Source: Kabsch (2010) Acta Cryst. D 66, 133.
 */
public final class ProfileFitKernel {
  private static final int ROUNDS = 25;
  private static final double CONVERGED = 1e-5;

  private ProfileFitKernel() {}

  /**
   * Fits the intensity. Does not check.
   *
   * @param excess c − b of each pixel
   * @param variance u of each pixel, above 0
   * @param profile p of each pixel
   * @param n number of pixels
   * @param start I to begin with
   * @param out receives I, 1/Σ(p²/v) and Σ(p/v)/Σ(p²/v), which is −∂I/∂b
   * @return false if no pixel carries a part of the spot
   */
  public static boolean fit(
      double[] excess, double[] variance, double[] profile, int n, double start, double[] out) {
    double intensity = start;
    for (int round = 0; round < ROUNDS; round++) {
      double top = 0;
      double bottom = 0;
      double slope = 0;
      double positive = Math.max(0, intensity);
      for (int i = 0; i < n; i++) {
        double p = profile[i];
        double w = p / (variance[i] + positive * p);
        top += w * excess[i];
        bottom += w * p;
        slope += w;
      }
      if (!(bottom > 0)) {
        return false;
      }
      double next = top / bottom;
      out[0] = next;
      out[1] = 1 / bottom;
      out[2] = slope / bottom;
      if (Math.abs(next - intensity) <= CONVERGED * Math.sqrt(out[1])) {
        break;
      }
      intensity = next;
    }
    return true;
  }
}
