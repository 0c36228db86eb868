package org.mdx.io.image;

/** Electrons in a microscope. */
public final class Electrons {
  /** h/√(2 m e), Å·V^½ (CODATA 2018). */
  private static final double NON_RELATIVISTIC = 12.264259661;

  /** e/(2 m c²), 1/V (CODATA 2018). */
  private static final double RELATIVISTIC = 9.7847559e-7;

  private Electrons() {}

  /**
   * λ = h/√(2 m e U (1 + e U/(2 m c²))).
   *
   * @param volts acceleration voltage U
   * @return in Å; NaN if the voltage is not above 0
   */
  public static double wavelength(double volts) {
    return volts > 0
        ? NON_RELATIVISTIC / Math.sqrt(volts * (1 + RELATIVISTIC * volts))
        : Double.NaN;
  }
}
