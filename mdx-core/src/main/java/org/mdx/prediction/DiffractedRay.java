package org.mdx.prediction;

import org.mdx.math.Vec3;

/**
 * A reflection at the angle at which it diffracts.
 *
 * @param phi rotation angle in degrees
 * @param s1 diffracted beam in Å⁻¹, of length 1/λ, laboratory frame
 * @param entering whether the reflection enters the Ewald sphere as φ grows
 */
public record DiffractedRay(double phi, Vec3 s1, boolean entering) {}
