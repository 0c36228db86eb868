package org.mdx.bragg.symmetry;

import org.mdx.crystal.SpaceGroup;

/**
 * How symmetry is looked for. Immutable.
 *
 * @param latticeTolerance how far an axis of the lattice may be from a symmetry axis, degrees
 * @param minPartiality least part of a reflection that was recorded
 * @param minIOverSigma least intensity in standard deviations
 * @param dMin resolution, Å; 0 where mean I is 0.4 times mean σ (4 times for single sweeps)
 * @param ccSigma least uncertainty of a correlation: what scales that are not yet known make
 * @param laueGroup a space group of the Laue group and lattice, in axes of its own, or null to look
 *     for it
 */
public record SymmetryOptions(
    double latticeTolerance,
    double minPartiality,
    double minIOverSigma,
    double dMin,
    double ccSigma,
    SpaceGroup laueGroup) {

  public SymmetryOptions {
    if (!(latticeTolerance >= 0 && latticeTolerance <= 10)) {
      throw new IllegalArgumentException(
          "tolerance of the lattice of " + latticeTolerance + "°, must be 0 to 10");
    }
    if (!(minPartiality >= 0 && minPartiality <= 1)) {
      throw new IllegalArgumentException("least partiality " + minPartiality + ", must be 0 to 1");
    }
    if (!(dMin >= 0)) {
      throw new IllegalArgumentException("resolution " + dMin + " Å, must be above 0");
    }
    if (!(ccSigma > 0)) {
      throw new IllegalArgumentException("uncertainty of cc " + ccSigma + ", must be above 0");
    }
  }

  /**
   * Lattice within 2°, partiality above 0.99, intensities above −5 σ, resolution by itself.
   *
   * @return the defaults
   */
  public static SymmetryOptions defaults() {
    return new SymmetryOptions(2, 0.99, -5, 0, 0.03, null);
  }

  /**
   * With another tolerance of the lattice.
   *
   * @param degrees 0 to 10
   * @return new options
   */
  public SymmetryOptions latticeTolerance(double degrees) {
    return new SymmetryOptions(degrees, minPartiality, minIOverSigma, dMin, ccSigma, laueGroup);
  }

  /**
   * With another least partiality.
   *
   * @param part 0 to 1
   * @return new options
   */
  public SymmetryOptions minPartiality(double part) {
    return new SymmetryOptions(latticeTolerance, part, minIOverSigma, dMin, ccSigma, laueGroup);
  }

  /**
   * With a resolution.
   *
   * @param d Å
   * @return new options
   */
  public SymmetryOptions dMin(double d) {
    return new SymmetryOptions(
        latticeTolerance, minPartiality, minIOverSigma, d, ccSigma, laueGroup);
  }

  /**
   * With a Laue group that is known: only the axes and the absences are looked for.
   *
   * @param group any space group of the Laue group and centring
   * @return new options
   */
  public SymmetryOptions laueGroup(SpaceGroup group) {
    return new SymmetryOptions(
        latticeTolerance, minPartiality, minIOverSigma, dMin, ccSigma, group);
  }
}
