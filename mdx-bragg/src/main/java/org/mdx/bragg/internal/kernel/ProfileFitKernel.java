package org.mdx.bragg.internal.kernel;

/**
 * Intensity by profile fitting: I = Σ(c − b)p/v ÷ Σp²/v with v = b + I p, which at its fixed point
 * is the maximum of the Poisson likelihood. Source: Kabsch (2010) Acta Cryst. D 66, 133.
 */
public final class ProfileFitKernel {
  private static final int ROUNDS = 25;
  private static final double CONVERGED = 1e-5;

  private ProfileFitKernel() {}

  /**
   * Fits the intensity. Does not check.
   *
   * @param counts c of each pixel; below 0 where it does not count
   * @param background b of each pixel, above 0
   * @param profile p of each pixel
   * @param n number of pixels
   * @param start I to begin with
   * @param out receives I, 1/Σ(p²/v), Σ(p/v)/Σ(p²/v), which is −∂I/∂b, and Σp of the pixels used
   * @return false if no pixel carries a part of the spot
   */
  public static boolean fit(
      int[] counts, double[] background, double[] profile, int n, double start, double[] out) {
    double intensity = start;
    for (int round = 0; round < ROUNDS; round++) {
      double top = 0;
      double bottom = 0;
      double slope = 0;
      double share = 0;
      double positive = Math.max(0, intensity);
      for (int i = 0; i < n; i++) {
        if (counts[i] >= 0) {
          double p = profile[i];
          double w = p / (background[i] + positive * p);
          top += w * (counts[i] - background[i]);
          bottom += w * p;
          slope += w;
          share += p;
        }
      }
      if (!(bottom > 0)) {
        return false;
      }
      double next = top / bottom;
      out[0] = next;
      out[1] = 1 / bottom;
      out[2] = slope / bottom;
      out[3] = share;
      if (Math.abs(next - intensity) <= CONVERGED * Math.sqrt(out[1])) {
        break;
      }
      intensity = next;
    }
    return true;
  }
}
