package org.mdx.io.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;

/**
 * The beam as an image file describes it.
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
    Optional<Vec3> polarizationNormal) {

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    probe.ifPresent(p -> parts.add(p.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    wavelength.ifPresent(w -> parts.add(w + " Å"));
    direction.ifPresent(d -> parts.add("towards the source " + d));
    polarizationFraction.ifPresent(f -> parts.add(f + " polarized"));
    polarizationNormal.ifPresent(n -> parts.add("about " + n));
    return parts.isEmpty() ? "beam unknown" : String.join(", ", parts);
  }
}
