package org.mdx.geometry;

/**
 * The factors by which a pixel's counts are divided to become an intensity, and the volume that it
 * sweeps.
 *
 * @param solidAngle Ω in sr
 * @param efficiency E, the part of the photons that the sensor absorbs, 0 to 1
 * @param attenuation T, the part that the air lets through, 0 to 1
 * @param polarization P, 0 to 1
 * @param inverseLorentz |(e0 × u)·m2|, 0 to 1
 * @param d3s volume of reciprocal space that the pixel sweeps in one frame, Å⁻³
 */
public record CorrectionFactors(
    double solidAngle,
    double efficiency,
    double attenuation,
    double polarization,
    double inverseLorentz,
    double d3s) {}
