package org.mdx.io.sweep;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.io.DecimalText;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A difference between the headers of two files of a series that puts them in different sweeps.
 * Lengths may differ by as much as dxtbx allows.
 */
final class HeaderChange {
  private static final double MILLIMETRES = 0.05;
  private static final double RELATIVE = 1e-5;
  private static final double DIRECTION = 1e-4;

  /** Circles that stand still are noted to some hundredths of a degree. */
  private static final double CIRCLE = 2e-3;

  private HeaderChange() {}

  /** In words, empty if nothing does. */
  static String between(ImageHeader a, ImageHeader b) {
    if (!a.format().equals(b.format())) {
      return "the format changes from " + a.format() + " to " + b.format();
    }
    if (a.width() != b.width() || a.height() != b.height()) {
      return "the size changes from " + size(a) + " to " + size(b) + " pixels";
    }
    if (a.panels().size() != b.panels().size()) {
      return "the number of panels changes";
    }
    String beam =
        change(
            "wavelength",
            a.beam().wavelength(),
            b.beam().wavelength(),
            RELATIVE * a.beam().wavelength().orElse(0),
            " Å");
    String distance = change("distance", a.distance(), b.distance(), MILLIMETRES, " mm");
    double w = a.scan().width().orElse(0);
    String width =
        change("oscillation", a.scan().width(), b.scan().width(), 0.01 * Math.abs(w) + 1e-6, "°");
    String exposure =
        change(
            "exposure",
            a.scan().exposureTime(),
            b.scan().exposureTime(),
            0.01 * a.scan().exposureTime().orElse(0),
            " s");
    String axis = moved(a.scan().axis(), b.scan().axis(), DIRECTION) ? "the axis changes" : "";
    String circles = turned(a, b) ? "a circle of the goniometer that stands still changes" : "";
    for (String change : new String[] {beam, distance, width, exposure, axis, circles}) {
      if (!change.isEmpty()) {
        return change;
      }
    }
    return panels(a, b);
  }

  private static String size(ImageHeader h) {
    return h.width() + " x " + h.height();
  }

  private static String panels(ImageHeader a, ImageHeader b) {
    for (int i = 0; i < a.panels().size(); i++) {
      PanelHeader p = a.panels().get(i);
      PanelHeader q = b.panels().get(i);
      if (moved(p.origin(), q.origin(), MILLIMETRES)
          || moved(p.fast(), q.fast(), DIRECTION)
          || moved(p.slow(), q.slow(), DIRECTION)) {
        return "the detector moves";
      }
    }
    return "";
  }

  private static boolean moved(Optional<Vec3> a, Optional<Vec3> b, double tolerance) {
    return a.isPresent() != b.isPresent()
        || a.isPresent() && a.get().minus(b.orElseThrow()).norm() > tolerance;
  }

  private static boolean turned(ImageHeader a, ImageHeader b) {
    double[] f = a.scan().fixedRotation().orElse(Mat3.IDENTITY).toRowMajor();
    double[] g = b.scan().fixedRotation().orElse(Mat3.IDENTITY).toRowMajor();
    double most = 0;
    for (int i = 0; i < f.length; i++) {
      most = Math.max(most, Math.abs(f[i] - g[i]));
    }
    return most > CIRCLE;
  }

  private static String change(
      String what, OptionalDouble a, OptionalDouble b, double tolerance, String unit) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isPresent() == b.isPresent()
          ? ""
          : "only one of two neighbouring headers has a " + what;
    }
    double from = a.getAsDouble();
    double to = b.getAsDouble();
    return Math.abs(from - to) <= tolerance
        ? ""
        : "the "
            + what
            + " changes from "
            + DecimalText.of(from)
            + unit
            + " to "
            + DecimalText.of(to)
            + unit;
  }
}
