package org.mdx.sim.bragg;

import org.mdx.math.Vec3;

/**
 * A reflection on the Ewald sphere.
 *
 * @param h Miller index
 * @param k Miller index
 * @param l Miller index
 * @param relative ε E²
 * @param phi angle, degrees
 * @param s scattering vector, Å⁻¹, laboratory frame
 * @param s1 diffracted beam vector, Å⁻¹, laboratory frame
 * @param zeta e · e₁
 */
record Diffracted(int h, int k, int l, double relative, double phi, Vec3 s, Vec3 s1, double zeta) {}
