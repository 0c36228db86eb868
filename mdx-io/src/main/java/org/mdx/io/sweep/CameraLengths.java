package org.mdx.io.sweep;

import java.util.List;
import java.util.OptionalDouble;
import org.mdx.io.DecimalText;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.instrument.CameraLength;

/** The nominal camera length in the headers of electron microscopes, and what it really is. */
public final class CameraLengths {
  private CameraLengths() {}

  /**
   * The nominal length: as Velox and FEI headers write it, in m; for others the distance.
   *
   * @param h header of an image
   * @return mm; empty if the header tells none
   */
  public static OptionalDouble nominal(ImageHeader h) {
    for (String entry : new String[] {"Optics/CameraLength", "Camera length"}) {
      String text = h.details().getOrDefault(entry, "").replaceAll("\\s*m$", "");
      try {
        double metres = text.isEmpty() ? 0 : Double.parseDouble(text);
        if (metres > 0) {
          return OptionalDouble.of(metres * 1000);
        }
      } catch (NumberFormatException e) {
        return h.distance(); // no number, so the entry tells nothing
      }
    }
    return h.distance();
  }

  /**
   * The calibrated distance for a nominal length.
   *
   * @param rows the calibration
   * @param nominal mm
   * @return mm
   * @throws IllegalArgumentException if the length is not among those calibrated
   */
  public static double calibrated(List<CameraLength> rows, double nominal) {
    return CameraLength.find(rows, nominal)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the header tells a camera length of "
                        + DecimalText.of(nominal)
                        + " mm, which is not among those that the profile has calibrated: "
                        + String.join(
                            ", ", rows.stream().map(r -> DecimalText.of(r.nominal())).toList())
                        + " mm; add it to detector.camera_lengths, or give --distance MM"))
        .calibrated();
  }
}
