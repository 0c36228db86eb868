package org.mdx.io.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.image.PixelMask;
import org.mdx.math.Vec3;

/**
 * One panel of the detector as an image file describes it. Directions and places are in the
 * laboratory frame of DIALS: the goniometer's principal axis near +x, the source at +z.
 *
 * @param name of the panel; {@code Panel} if the file has no name for its only one
 * @param imageX first column of the panel in the image
 * @param imageY first row of the panel in the image
 * @param width pixels along fast
 * @param height pixels along slow
 * @param pixelWidth pixel size along fast, mm
 * @param pixelHeight pixel size along slow, mm
 * @param origin corner of the first pixel, mm; with {@code fast} and {@code slow} or not at all
 * @param fast unit vector of rising ix
 * @param slow unit vector of rising iy
 * @param trustedMin lowest value that is trusted, itself trusted
 * @param trustedMax highest value that is trusted, itself trusted
 * @param material of the sensor, a chemical formula such as {@code Si}; may be empty
 * @param thickness of the sensor, mm
 * @param gain counts per photon or electron
 * @param pedestal value of an unexposed pixel; frames are as recorded, so it is not yet taken off
 * @param mask pixels that the file itself leaves out in every frame; empty if it has no mask
 */
public record PanelHeader(
    String name,
    int imageX,
    int imageY,
    int width,
    int height,
    OptionalDouble pixelWidth,
    OptionalDouble pixelHeight,
    Optional<Vec3> origin,
    Optional<Vec3> fast,
    Optional<Vec3> slow,
    OptionalDouble trustedMin,
    OptionalDouble trustedMax,
    String material,
    OptionalDouble thickness,
    OptionalDouble gain,
    OptionalDouble pedestal,
    Optional<PixelMask> mask) {

  public PanelHeader {
    if (width < 1 || height < 1 || imageX < 0 || imageY < 0) {
      throw new IllegalArgumentException(
          "panel "
              + name
              + " of "
              + width
              + " x "
              + height
              + " pixels at ("
              + imageX
              + ", "
              + imageY
              + ")");
    }
    if (origin.isPresent() != fast.isPresent() || fast.isPresent() != slow.isPresent()) {
      throw new IllegalArgumentException(
          "panel " + name + " needs origin, fast and slow together, or none of them");
    }
    if (mask.isPresent() && (mask.get().width() != width || mask.get().height() != height)) {
      throw new IllegalArgumentException(
          "panel "
              + name
              + " of "
              + width
              + " x "
              + height
              + " pixels has a mask of "
              + mask.get().width()
              + " x "
              + mask.get().height());
    }
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(width + " x " + height + " pixels at (" + imageX + ", " + imageY + ")");
    if (pixelWidth.isPresent() && pixelHeight.isPresent()) {
      parts.add("of " + pixelWidth.getAsDouble() + " x " + pixelHeight.getAsDouble() + " mm");
    }
    origin.ifPresent(o -> parts.add("origin " + o + " mm"));
    trustedMin.ifPresent(t -> parts.add("trusted from " + t));
    trustedMax.ifPresent(t -> parts.add("trusted to " + t));
    if (!material.isEmpty()) {
      parts.add(material);
    }
    thickness.ifPresent(t -> parts.add(t + " mm thick"));
    gain.ifPresent(g -> parts.add("gain " + g));
    pedestal.ifPresent(p -> parts.add("pedestal " + p));
    mask.ifPresent(m -> parts.add(m.count() + " pixels masked"));
    return "PanelHeader[" + name + ", " + String.join(", ", parts) + "]";
  }
}
