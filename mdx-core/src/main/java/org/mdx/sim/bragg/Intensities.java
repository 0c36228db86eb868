package org.mdx.sim.bragg;

/**
 * How strong spots are. A reflection has the intensity I = strength · ε E² · exp(−B s²/2), with E²
 * drawn from Wilson's distributions (exponential; χ² of one degree for centric reflections) and the
 * same for all its symmetry equivalents and Friedel mates. The whole spot counts I · L · P · T · E
 * photons: Lorentz factor, polarization, attenuation in air, efficiency of the sensor.
 *
 * @param strength photons or electrons, above 0
 * @param wilsonB B in Å², 0 or above
 * @param decay rise of B from the start of the scan to its end, linear in the angle, Å²
 * @param dMin resolution limit in Å; 0 for the detector's corners
 */
public record Intensities(double strength, double wilsonB, double decay, double dMin) {
  public Intensities {
    if (!(strength > 0 && strength < 1e12)) {
      throw new IllegalArgumentException("strength=" + strength + ", must be above 0");
    }
    if (!(wilsonB >= 0 && wilsonB + Math.min(0, decay) >= 0 && wilsonB < 1e4 && decay < 1e4)) {
      throw new IllegalArgumentException(
          "B = " + wilsonB + " Å² that rises by " + decay + ", must stay 0 or above");
    }
    if (!(dMin >= 0 && dMin < 1e3)) {
      throw new IllegalArgumentException("dMin=" + dMin + " Å, must be 0 or above");
    }
  }
}
