package org.mdx.io.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The header of an image file in one form for all formats. Whatever the file does not say is empty:
 * nothing here is a default, except where a format's own convention makes it one (such as the beam
 * along z of a format that knows no other). Lengths are mm, angles degrees, times s, wavelengths Å;
 * the laboratory frame is that of DIALS (rotation axis near +x, source at +z).
 *
 * @param format its name, such as {@code SMV}
 * @param pixelType as stored: {@code int8}, {@code uint16}, {@code int32}, {@code float32} and so
 *     on. Frames are read as 32-bit integers, floating-point pixels rounded to the nearest
 * @param frames number of frames in the file
 * @param width pixels of the whole image along fast
 * @param height pixels of the whole image along slow
 * @param panels the parts of the image that are detector panels, at least one
 * @param beam wavelength, direction, polarization
 * @param scan rotation and exposure
 * @param detector name of the detector; may be empty
 * @param serial its serial number; may be empty
 * @param date when the first frame was recorded, as written; may be empty
 * @param distance of the detector along its normal, mm
 * @param beamX column in which the beam meets the detector, in pixels from the outer corner of the
 *     image
 * @param beamY row of the same
 * @param details further entries of the header as they are written, in its order
 * @param notes what the header says that is left out of the other values, and how to give it
 * @param unplaceable why the header cannot tell where the detector is, such as one that is not
 *     flat; empty if it can
 */
public record ImageHeader(
    String format,
    String pixelType,
    int frames,
    int width,
    int height,
    List<PanelHeader> panels,
    BeamHeader beam,
    ScanHeader scan,
    String detector,
    String serial,
    String date,
    OptionalDouble distance,
    OptionalDouble beamX,
    OptionalDouble beamY,
    Map<String, String> details,
    List<String> notes,
    String unplaceable) {

  public ImageHeader {
    if (frames < 1 || width < 1 || height < 1 || panels.isEmpty()) {
      throw new IllegalArgumentException(
          frames + " frames of " + width + " x " + height + ", " + panels.size() + " panels");
    }
    panels = List.copyOf(panels);
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    notes = List.copyOf(notes);
  }

  /**
   * The same without the entries that are kept as they are written, of which there may be many.
   *
   * @return a smaller header
   */
  public ImageHeader withoutDetails() {
    return new ImageHeader(
        format,
        pixelType,
        frames,
        width,
        height,
        panels,
        beam,
        scan,
        detector,
        serial,
        date,
        distance,
        beamX,
        beamY,
        Map.of(),
        notes,
        unplaceable);
  }

  /**
   * Begins a header.
   *
   * @param format name of the format
   * @param pixelType as in {@link #pixelType()}
   * @param frames number of frames in the file, 1 or more
   * @param width pixels along fast
   * @param height pixels along slow
   * @return a builder to throw away after use
   */
  public static ImageHeaderBuilder builder(
      String format, String pixelType, int frames, int width, int height) {
    return new ImageHeaderBuilder(format, pixelType, frames, width, height);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(format);
    parts.add(
        frames
            + (frames == 1 ? " frame of " : " frames of ")
            + width
            + " x "
            + height
            + " "
            + pixelType);
    if (panels.size() > 1) {
      parts.add(panels.size() + " panels");
    }
    for (String text : List.of(detector, serial, date)) {
      if (!text.isEmpty()) {
        parts.add(text);
      }
    }
    parts.add(beam.toString());
    distance.ifPresent(d -> parts.add("distance " + d + " mm"));
    if (beamX.isPresent() && beamY.isPresent()) {
      parts.add("beam at pixel " + beamX.getAsDouble() + ", " + beamY.getAsDouble());
    }
    parts.add(scan.toString());
    parts.addAll(notes);
    return "ImageHeader[" + String.join("; ", parts) + "]";
  }
}
