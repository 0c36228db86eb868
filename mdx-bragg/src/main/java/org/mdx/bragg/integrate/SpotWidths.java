package org.mdx.bragg.integrate;

/**
 * Widths of spots. On the detector they are those of {@code gaussian_rs} of DIALS. In rotation a
 * spot is a rotation of the crystal's blocks about e₁, the same for all spots, and a size in
 * reciprocal space, which takes the longer to pass the sphere the lower its angle:
 *
 * <pre>σ_m(2θ)² = σ_m² (1 − f + f sin²2θ₀/sin²2θ)</pre>
 *
 * @param sigmaB standard deviation of the beam divergence in degrees, above 0
 * @param sigmaM standard deviation in rotation, in degrees of ε₃, at 2θ₀, above 0
 * @param spots number of spots that told them; 0 if they were given
 * @param size part f of σ_m² that comes from the size of spots, 0 to 1
 * @param sine sin 2θ₀, above 0 and at most 1
 */
public record SpotWidths(double sigmaB, double sigmaM, int spots, double size, double sine) {
  /** Half the foreground in standard deviations. */
  public static final double N_SIGMA = 3;

  /** Below this sine of 2θ spots do not get wider. */
  private static final double LEAST_SINE = 0.005;

  public SpotWidths {
    if (!(sigmaB > 0 && sigmaB <= 45 && sigmaM > 0 && sigmaM <= 180)) {
      throw new IllegalArgumentException(
          "widths of spots "
              + sigmaB
              + "° and "
              + sigmaM
              + "°, must be above 0 and at most 45° and 180°");
    }
    if (!(size >= 0 && size <= 1 && sine > 0 && sine <= 1)) {
      throw new IllegalArgumentException(
          "size of spots "
              + size
              + " at a sine of 2θ of "
              + sine
              + ", must be 0 to 1, and above 0 and at most 1");
    }
  }

  /**
   * Widths that do not change with 2θ.
   *
   * @param sigmaB standard deviation of the beam divergence in degrees, above 0
   * @param sigmaM standard deviation of the mosaic spread in degrees, above 0
   * @param spots number of spots that told them; 0 if they were given
   */
  public SpotWidths(double sigmaB, double sigmaM, int spots) {
    this(sigmaB, sigmaM, spots, 0, 1);
  }

  /**
   * Width in rotation over {@link #sigmaM()}.
   *
   * @param sineOfTwoTheta of the spot, 0 to 1
   * @return σ_m(2θ)/σ_m, above 0
   */
  public double stretch(double sineOfTwoTheta) {
    double ratio = sine / Math.max(LEAST_SINE, sineOfTwoTheta);
    return Math.sqrt(1 - size + size * ratio * ratio);
  }
}
