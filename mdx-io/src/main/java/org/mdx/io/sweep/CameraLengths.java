package org.mdx.io.sweep;

import java.util.OptionalDouble;
import org.mdx.io.ImageHeader;

/** The nominal camera length in the headers of electron microscopes. */
final class CameraLengths {
  private CameraLengths() {}

  /**
   * In mm: as Velox and FEI headers write it, in m; for others the distance.
   *
   * @return empty if the header tells none
   */
  static OptionalDouble nominal(ImageHeader h) {
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
}
