package org.mdx.sim.bragg;

/**
 * Covariance of the places of a spot's photons.
 *
 * @param xx along fast, px²
 * @param xy px²
 * @param yy along slow, px²
 * @param zz along the scan, frames²
 */
public record SpotShape(double xx, double xy, double yy, double zz) {}
