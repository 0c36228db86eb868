package org.mdx.geometry;

import org.mdx.math.Vec3;

/**
 * A monochromatic beam.
 *
 * @param probe what it is made of
 * @param wavelength λ in Å
 * @param direction from the sample to the source; made a unit vector
 * @param polarizationFraction p, 0 to 1: the part polarized normal to {@code polarizationNormal}
 * @param polarizationNormal normal of the plane of polarization; made a unit vector
 */
public record Beam(
    Probe probe,
    double wavelength,
    Vec3 direction,
    double polarizationFraction,
    Vec3 polarizationNormal) {

  public Beam {
    if (!(wavelength > 0) || Double.isInfinite(wavelength)) {
      throw new IllegalArgumentException("wavelength " + wavelength + " Å, must be above 0");
    }
    if (!(polarizationFraction >= 0 && polarizationFraction <= 1)) {
      throw new IllegalArgumentException(
          "polarization fraction " + polarizationFraction + ", must be 0 to 1");
    }
    direction = direction.unit();
    polarizationNormal = polarizationNormal.unit();
  }

  /**
   * The incident beam vector s0 = −direction/λ.
   *
   * @return in Å⁻¹, of length 1/λ
   */
  public Vec3 s0() {
    return direction.times(-1 / wavelength);
  }
}
