package org.mdx.sim;

import org.mdx.geometry.Geometry;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Vec3;

/**
 * The smooth factors of one simulated sweep: with M the truth, Ω T E P the corrections of a pixel
 * and t the exposure of a frame, a pixel is expected to count t·Ω·T·E·P·d·(a·(b·M + c) + air).
 * Phases are drawn from the seed. Immutable.
 */
public final class SweepFactors {
  private final SweepEffects effects;
  private final double mean;
  private final double[] phase = new double[4];
  private final Vec3 across;
  private final Vec3 along;
  private final double wavelength;

  /**
   * The factors of a sweep.
   *
   * @param effects how strong they are
   * @param geometry the sweep's: absorption turns with its rotation axis
   * @param mean mean of b(φ), above 0
   * @param seed of the phases
   * @throws IllegalArgumentException if the mean is not above 0
   */
  public SweepFactors(SweepEffects effects, Geometry geometry, double mean, long seed) {
    if (!(mean > 0)) {
      throw new IllegalArgumentException("mean scale " + mean + ", must be above 0");
    }
    this.effects = effects;
    this.mean = mean;
    for (int i = 0; i < phase.length; i++) {
      phase[i] = 2 * Math.PI * Hash.uniform(seed, i);
    }
    Vec3 beam = geometry.beam().direction();
    this.along = geometry.goniometer().laboratoryAxis();
    this.across = along.cross(beam);
    this.wavelength = geometry.beam().wavelength();
  }

  /**
   * Scale factor b(φ): two waves of 90° and 35° period about the sweep's mean.
   *
   * @param phi rotation angle in degrees
   * @return b, above 0
   */
  public double scale(double phi) {
    double wave =
        Math.sin(2 * Math.PI * phi / 90 + phase[0])
            + 0.4 * Math.sin(2 * Math.PI * phi / 35 + phase[1]);
    return mean * (1 + effects.scale() * wave);
  }

  /**
   * Absorption factor a(s, φ) = 1 − A (x + x²) with x the component of the diffracted ray along a
   * direction across the beam that turns with the crystal.
   *
   * @param s scattering vector in the laboratory, Å⁻¹
   * @param phi rotation angle in degrees
   * @return a, above 0
   */
  public double absorption(Vec3 s, double phi) {
    double x = s.dot(absorptionDirection(phi));
    return 1 - effects.absorption() * (x + x * x);
  }

  /** λ times the direction of strongest absorption; its product with s is x. */
  Vec3 absorptionDirection(double phi) {
    double psi = Math.toRadians(phi) + phase[2];
    return across.times(Math.cos(psi) * wavelength).plus(along.times(Math.sin(psi) * wavelength));
  }

  /**
   * Offset c(s, φ): scattering of what turns in and out of the beam with the crystal, such as
   * solvent and loop.
   *
   * @param s length of the scattering vector, Å⁻¹
   * @param phi rotation angle in degrees
   * @return counts per second and steradian, 0 or above
   */
  public double offset(double s, double phi) {
    double wave = 0.5 + 0.5 * Math.cos(2 * Math.PI * phi / 120 + phase[3]);
    return effects.offset() * wave * Math.exp(-s * s / 0.09);
  }

  /**
   * Scattering of air, the same in every frame, with and without a crystal.
   *
   * @param s length of the scattering vector, Å⁻¹
   * @return counts per second and steradian, 0 or above
   */
  public double air(double s) {
    return effects.air() * (0.8 * Math.exp(-s / 0.15) + 0.2);
  }

  /**
   * How strong the factors are.
   *
   * @return the effects
   */
  public SweepEffects effects() {
    return effects;
  }

  @Override
  public String toString() {
    return "SweepFactors[" + effects + "]";
  }
}
