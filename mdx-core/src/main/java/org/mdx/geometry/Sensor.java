package org.mdx.geometry;

import java.util.Locale;

/**
 * The sensitive layer of a panel.
 *
 * @param material chemical formula such as {@code Si}; may be empty
 * @param thickness t in mm, 0 or above
 * @param mu linear absorption coefficient μ at the beam's wavelength, mm⁻¹, 0 or above
 * @param parallax whether pixel coordinates are corrected for the depth of absorption
 */
public record Sensor(String material, double thickness, double mu, boolean parallax) {

  /** A layer without thickness, which detects every photon where it meets the plane. */
  public static final Sensor IDEAL = new Sensor("", 0, 0, false);

  public Sensor {
    if (!(thickness >= 0 && mu >= 0)) {
      throw new IllegalArgumentException(
          "sensor thickness " + thickness + " mm and mu " + mu + " /mm must not be negative");
    }
    parallax = parallax && thickness > 0 && mu > 0;
  }

  @Override
  public String toString() {
    return material.isEmpty() || thickness == 0
        ? "ideal sensor"
        : String.format(
            Locale.ROOT,
            "%s of %.4g mm, μ = %.4g/mm%s",
            material,
            thickness,
            mu,
            parallax ? ", with parallax" : "");
  }
}
