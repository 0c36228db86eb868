package org.mdx.sim.bragg;

import org.mdx.crystal.Crystal;

/**
 * One crystal in the beam.
 *
 * @param crystal cell, group and orientation; with scan points if it changes during the scan
 * @param share its part of the intensity, above 0; 1 for a crystal alone
 * @param sigmaB standard deviation σ_b of a spot's directions about its diffracted beam, degrees,
 *     0.001 to 2
 * @param sigmaM standard deviation σ_m of its rotation about the axis e₁ = s1 × s0, degrees, 0.001
 *     to 5; along the scan a spot has σ_m/|ζ|
 */
public record Lattice(Crystal crystal, double share, double sigmaB, double sigmaM) {
  private static final double LEAST = 0.001;
  private static final double MOST_B = 2;
  private static final double MOST_M = 5;

  public Lattice {
    if (!(share > 0) || Double.isInfinite(share)) {
      throw new IllegalArgumentException("share of a lattice is " + share + ", must be above 0");
    }
    if (!(sigmaB >= LEAST && sigmaB <= MOST_B && sigmaM >= LEAST && sigmaM <= MOST_M)) {
      throw new IllegalArgumentException(
          "spread of spots sigma_b "
              + sigmaB
              + "° and sigma_m "
              + sigmaM
              + "°, must be "
              + LEAST
              + " to "
              + MOST_B
              + " and "
              + MOST_M);
    }
  }
}
