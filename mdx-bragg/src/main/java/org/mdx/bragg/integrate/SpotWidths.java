package org.mdx.bragg.integrate;

/**
 * Widths of spots, as {@code gaussian_rs} of DIALS has them.
 *
 * @param sigmaB standard deviation of the beam divergence in degrees, above 0
 * @param sigmaM standard deviation of the mosaic spread in degrees, above 0
 * @param spots number of spots that told them; 0 if they were given
 */
public record SpotWidths(double sigmaB, double sigmaM, int spots) {
  /** Half the foreground in standard deviations. */
  public static final double N_SIGMA = 3;

  public SpotWidths {
    if (!(sigmaB > 0 && sigmaB <= 45 && sigmaM > 0 && sigmaM <= 180)) {
      throw new IllegalArgumentException(
          "widths of spots "
              + sigmaB
              + "° and "
              + sigmaM
              + "°, must be above 0 and at most 45° and 180°");
    }
  }
}
