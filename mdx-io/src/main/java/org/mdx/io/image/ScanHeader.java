package org.mdx.io.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The rotation of the sample as an image file describes it.
 *
 * @param start rotation angle at the beginning of the first frame of the file, degrees
 * @param width rotation during one frame, degrees; 0 for a still
 * @param angles rotation angle that the file notes for each of its frames, degrees; empty if it
 *     notes none. Whether that is the beginning or the middle of a frame depends on the instrument;
 *     {@code start} is the first of them
 * @param axis unit vector of the rotation axis in the laboratory frame, right-handed
 * @param fixedRotation F, of what turns with the sample about that axis, such as the other circles
 *     of a goniometer: from the crystal's frame to the laboratory's at angle 0; empty if the file
 *     knows one axis only
 * @param exposureTime time during which a frame was exposed, s
 * @param exposurePeriod time from one frame to the next, s
 * @param transmission part of the beam that attenuators let through, above 0, at most 1
 */
public record ScanHeader(
    OptionalDouble start,
    OptionalDouble width,
    List<Double> angles,
    Optional<Vec3> axis,
    Optional<Mat3> fixedRotation,
    OptionalDouble exposureTime,
    OptionalDouble exposurePeriod,
    OptionalDouble transmission) {

  public ScanHeader {
    angles = List.copyOf(angles);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    start.ifPresent(s -> parts.add("from " + s + "°"));
    width.ifPresent(w -> parts.add("in steps of " + w + "°"));
    if (!angles.isEmpty()) {
      parts.add(angles.size() + " angles from " + angles.get(0) + "°");
    }
    axis.ifPresent(a -> parts.add("about " + a));
    fixedRotation.ifPresent(f -> parts.add("fixed rotation " + f));
    exposureTime.ifPresent(t -> parts.add(t + " s each"));
    exposurePeriod.ifPresent(p -> parts.add("every " + p + " s"));
    transmission.ifPresent(t -> parts.add("transmission " + t));
    return parts.isEmpty() ? "scan unknown" : String.join(", ", parts);
  }
}
