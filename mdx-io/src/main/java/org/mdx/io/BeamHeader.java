package org.mdx.io;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;

/**
 * What an image file says about the beam.
 *
 * @param probe what the beam is made of; empty if the file does not tell
 * @param wavelength λ in Å
 * @param direction unit vector from the sample to the source, laboratory frame
 * @param polarizationFraction 0 to 1: the part polarized normal to {@code polarizationNormal}
 * @param polarizationNormal normal of the plane of polarization
 */
public record BeamHeader(
    Optional<Probe> probe,
    OptionalDouble wavelength,
    Optional<Vec3> direction,
    OptionalDouble polarizationFraction,
    Optional<Vec3> polarizationNormal) {}
