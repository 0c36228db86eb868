package org.mdx.sim.bragg;

import org.mdx.math.Vec3;

/**
 * One spot and everything that is true of it: a reflection of one lattice at one of the angles at
 * which it diffracts.
 *
 * @param h Miller index
 * @param k Miller index
 * @param l Miller index
 * @param lattice number of the lattice, from 0
 * @param panel index of the panel
 * @param px place along fast in pixels; centres of pixels are at + 0.5
 * @param py place along slow in pixels
 * @param frame place in the scan, (φ − φ₀)/Δφ; the middle of the first frame is at 0.5; beyond the
 *     scan for a spot of which only a wing is recorded
 * @param phi the rotation angle, degrees
 * @param s1 diffracted beam vector, Å⁻¹, laboratory frame
 * @param d resolution, Å
 * @param zeta ζ = e · (s1 × s0)/|s1 × s0|, e the rotation axis in the laboratory
 * @param entering whether the reflection goes into the Ewald sphere
 * @param intensity I = strength · ε E² · exp(−B s²/2) of {@link Intensities}, without decay, times
 *     the lattice's share
 * @param lorentz L = |s0| |s1| / |e · (s1 × s0)|
 * @param counts expected photons of the whole spot: I · L · P · T · E · decay
 * @param partiality part of them within the scan
 * @param recorded expected photons within the scan on pixels that count and are not masked
 * @param background expected photons per pixel and frame beside the spot
 * @param variance of a summation of all frames and pixels within 3 σ with a background that is
 *     known, photons²; with the camera's read noise
 * @param shape how its photons are spread
 */
public record TrueSpot(
    int h,
    int k,
    int l,
    int lattice,
    int panel,
    double px,
    double py,
    double frame,
    double phi,
    Vec3 s1,
    double d,
    double zeta,
    boolean entering,
    double intensity,
    double lorentz,
    double counts,
    double partiality,
    double recorded,
    double background,
    double variance,
    SpotShape shape) {

  /**
   * The expected I/σ of what is recorded, by summation within 3 σ.
   *
   * @return 0 or above
   */
  public double signalToNoise() {
    return variance > 0 ? recorded / Math.sqrt(variance) : 0;
  }

  /**
   * Whether all of the spot is recorded: 99 % of its counts, both within the scan and on pixels
   * that count.
   *
   * @return true if so
   */
  public boolean isFull() {
    return recorded >= 0.99 * counts;
  }
}
