package org.mdx.geometry;

import java.util.Locale;
import org.mdx.math.Vec3;

/**
 * A monochromatic beam.
 *
 * @param probe what it is made of
 * @param wavelength λ in Å, 10⁻⁴ to 1000
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

  /** Electrons of 10 MeV have 0.001 Å; the coldest neutrons that are scattered some 100 Å. */
  private static final double SHORTEST = 1e-4;

  private static final double LONGEST = 1e3;

  public Beam {
    if (!(wavelength >= SHORTEST && wavelength <= LONGEST)) {
      throw new IllegalArgumentException(
          "wavelength " + wavelength + " Å, must be from " + SHORTEST + " to " + LONGEST);
    }
    if (!(polarizationFraction >= 0 && polarizationFraction <= 1)) {
      throw new IllegalArgumentException(
          "polarization fraction " + polarizationFraction + ", must be 0 to 1");
    }
    direction = direction(direction, "the beam");
    polarizationNormal = direction(polarizationNormal, "the normal of polarization");
  }

  private static Vec3 direction(Vec3 v, String what) {
    try {
      return v.unit();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  /**
   * The incident beam vector s0 = −direction/λ.
   *
   * @return in Å⁻¹, of length 1/λ
   */
  public Vec3 s0() {
    return direction.times(-1 / wavelength);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Beam[%s, %.6g Å, towards the source %s, %s]",
        probe.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        wavelength,
        direction,
        polarizationFraction == 0.5
            ? "not polarized"
            : polarizationFraction + " polarized about " + polarizationNormal);
  }
}
