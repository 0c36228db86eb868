package org.mdx.sim.bragg;

/**
 * Photons or electrons per pixel and frame that are not of spots: level · exp(−s²/2w²), and rings
 * of hexagonal ice with the given height.
 *
 * @param level at the beam, 0 or above
 * @param width w in Å⁻¹, above 0; infinite for a flat background
 * @param ice height of the ice rings, 0 or above
 */
public record Background(double level, double width, double ice) {
  /** Spacings of the rings of hexagonal ice in Å (Thorn et al., Acta Cryst. D 73, 729, 2017). */
  private static final double[] ICE = {3.897, 3.669, 3.441, 2.671, 2.249, 2.072, 1.948, 1.918};

  private static final double RING_WIDTH = 0.0012;

  public Background {
    if (!(level >= 0 && level < 1e6 && ice >= 0 && ice < 1e6)) {
      throw new IllegalArgumentException(
          "background of " + level + " and ice of " + ice + " photons, must be 0 to a million");
    }
    if (!(width > 0)) {
      throw new IllegalArgumentException("background width " + width + " Å⁻¹, must be above 0");
    }
  }

  /**
   * The same everywhere.
   *
   * @param level photons per pixel and frame
   * @return the background
   */
  public static Background flat(double level) {
    return new Background(level, Double.POSITIVE_INFINITY, 0);
  }

  /** Whether it is the same everywhere. */
  boolean isFlat() {
    return Double.isInfinite(width) && ice == 0;
  }

  /**
   * The mean.
   *
   * @param s |s| in Å⁻¹
   * @return photons per pixel and frame
   */
  public double at(double s) {
    double t = s / width;
    double b = level * Math.exp(-0.5 * t * t);
    if (ice > 0) {
      for (double d : ICE) {
        double x = (s - 1 / d) / RING_WIDTH;
        b += Math.abs(x) < 6 ? ice * Math.exp(-0.5 * x * x) : 0;
      }
    }
    return b;
  }
}
