package org.mdx.sim.bragg;

/**
 * How a detector turns photons or electrons into values: pedestal + gain · (n + r), r a normal
 * deviate of standard deviation {@code readNoise}, rounded unless values are floating point.
 *
 * @param values what a pixel can hold
 * @param gain value per photon or electron, above 0
 * @param pedestal value of an unexposed pixel
 * @param readNoise σ in photons or electrons, 0 or above
 */
public record Camera(Values values, double gain, double pedestal, double readNoise) {

  /** Kinds of values. */
  public enum Values {
    /** Counts, 0 to the detector's cutoff. */
    COUNTS,
    /** Signed integers of 16 bits. */
    INT16,
    /** Signed integers of 32 bits. */
    INT32,
    /** Floating-point numbers. */
    FLOAT
  }

  /** A detector that counts photons. */
  public static final Camera COUNTER = new Camera(Values.COUNTS, 1, 0, 0);

  public Camera {
    if (!(gain > 0
        && gain < 1e6
        && Math.abs(pedestal) < 1e6
        && readNoise >= 0
        && readNoise < 1e6)) {
      throw new IllegalArgumentException(
          "camera with gain "
              + gain
              + ", pedestal "
              + pedestal
              + ", read noise "
              + readNoise
              + ": gain must be above 0, noise 0 or above, all within a million");
    }
    if (values == Values.COUNTS && !(gain == 1 && pedestal == 0 && readNoise == 0)) {
      throw new IllegalArgumentException(
          "a counter has gain 1, pedestal 0 and no read noise, not "
              + gain
              + ", "
              + pedestal
              + ", "
              + readNoise
              + "; take INT16, INT32 or FLOAT");
    }
  }

  /** Least value that a pixel can hold. */
  double least() {
    return switch (values) {
      case COUNTS -> 0;
      case INT16 -> Short.MIN_VALUE;
      case INT32 -> -1e9;
      case FLOAT -> -1e30;
    };
  }

  /** Greatest value that a pixel can hold. */
  double greatest(int cutoff) {
    return switch (values) {
      case COUNTS -> cutoff;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> 1e9;
      case FLOAT -> 1e30;
    };
  }
}
