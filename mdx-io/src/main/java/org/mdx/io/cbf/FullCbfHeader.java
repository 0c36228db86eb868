package org.mdx.io.cbf;

import java.util.Locale;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Vec3;

/**
 * Interprets the categories of an imgCIF header (International Tables for Crystallography G, 4.6).
 * A pixel's place follows from {@code _array_structure_list_axis}: the displacement of the first
 * pixel along the two axes of the array, which dxtbx takes for its outer corner and so does this,
 * and the step from one pixel to the next.
 */
final class FullCbfHeader {
  private static final String LIST = "_array_structure_list.";
  private static final String LIST_AXIS = "_array_structure_list_axis.";

  private FullCbfHeader() {}

  /** Whether a header has the categories of imgCIF, and not just the lines of miniCBF. */
  static boolean recognizes(CifText cif) {
    return cif.has("_diffrn.id") || cif.has("_diffrn_source.diffrn_id") || cif.has("_axis.id");
  }

  static ImageHeader of(CifText cif, CbfHeader lines, CbfBinary binary) {
    ImageHeaderBuilder b =
        ImageHeader.builder("CBF/imgCIF", binary.type().label, 1, binary.width(), binary.height());
    CifAxes axes = new CifAxes(cif);
    b.wavelength(cif.number("_diffrn_radiation_wavelength.wavelength", 0));
    int source = cif.row("_axis.equipment", "source");
    Vec3 towards = source < 0 ? new Vec3(0, 0, 1) : axes.vector(cif.text("_axis.id", source));
    b.direction(towards);
    probe(cif, b);
    // the ratio is (I_parallel − I_normal)/(I_parallel + I_normal), at an angle to y
    double ratio = cif.number("_diffrn_radiation.polarizn_source_ratio", 0);
    double norm = Math.toRadians(cif.number("_diffrn_radiation.polarizn_source_norm", 0));
    double turned = Double.isNaN(norm) ? 0 : norm;
    b.polarization((1 + ratio) / 2, new Vec3(Math.sin(turned), Math.cos(turned), 0));
    String scan = axes.scanAxis();
    if (!scan.isEmpty()) {
      b.oscillation(axes.angle(scan), axes.increment(scan));
      Vec3 axis = axes.laboratory(scan, axes.vector(scan), false, false);
      if (axis.norm() > 0) {
        b.axis(axis);
      }
    }
    b.fixedRotation(axes.fixedRotation(scan));
    b.exposure(cif.number("_diffrn_scan_frame.integration_time", 0), Double.NaN)
        .date(cif.text("_diffrn_scan_frame.date", 0))
        .detector(detector(cif, lines), "")
        .response(gain(cif), Double.NaN);
    double overload = cif.number("_array_intensities.overload", 0);
    double undefined = cif.number("_array_intensities.undefined_value", 0);
    b.trusted(Double.isNaN(undefined) ? 0 : Math.max(0, undefined + 1), overload - 1);
    if (lines.sensorThickness().isPresent()) {
      b.sensor(lines.sensorMaterial(), lines.sensorThickness().getAsDouble());
    }
    panel(cif, axes, towards, binary, b);
    lines.forEach(b::detail);
    return b.build();
  }

  private static void probe(CifText cif, ImageHeaderBuilder b) {
    switch (cif.text("_diffrn_radiation.probe", 0).toLowerCase(Locale.ROOT)) {
      case "x-ray" -> b.probe(Probe.X_RAY);
      case "electron" -> b.probe(Probe.ELECTRON);
      case "neutron" -> b.probe(Probe.NEUTRON);
      default -> {}
    }
  }

  private static String detector(CifText cif, CbfHeader lines) {
    String type = cif.text("_diffrn_detector.type", 0);
    return type.isEmpty() ? lines.detector() : type;
  }

  private static double gain(CifText cif) {
    double gain = cif.number("_array_intensities.gain", 0);
    return gain > 0 ? gain : Double.NaN;
  }

  private static void panel(
      CifText cif, CifAxes axes, Vec3 towards, CbfBinary binary, ImageHeaderBuilder b) {
    Direction fast = direction(cif, 1);
    Direction slow = direction(cif, 2);
    if (fast == null || slow == null || !axes.has(fast.axis) || !axes.has(slow.axis)) {
      return;
    }
    // the axis that the other one depends on is nearer to the detector's
    boolean fastOnSlow =
        cif.text("_axis.depends_on", cif.row("_axis.id", fast.axis)).equals(slow.axis);
    String leaf = fastOnSlow ? fast.axis : slow.axis;
    Vec3 f = axes.laboratory(fast.axis, axes.vector(fast.axis), false, true);
    Vec3 s = axes.laboratory(slow.axis, axes.vector(slow.axis), false, true);
    if (!(f.norm() > 0 && s.norm() > 0)) {
      return;
    }
    f = f.unit().times(Math.signum(fast.step));
    s = s.unit().times(Math.signum(slow.step));
    double w = Math.abs(fast.step);
    double h = Math.abs(slow.step);
    Vec3 origin =
        axes.laboratory(leaf, Vec3.ZERO, true, true)
            .plus(f.times(Math.signum(fast.step) * fast.first))
            .plus(s.times(Math.signum(slow.step) * slow.first));
    Vec3 normal = f.cross(s);
    double distance = Math.abs(origin.dot(normal));
    Vec3 hit = towards.times(origin.dot(normal) / towards.dot(normal)).minus(origin);
    b.pixelSize(w, h)
        .distance(distance, hit.dot(f) / w, hit.dot(s) / h)
        .panel(
            "Panel", new PixelRectangle(0, 0, binary.width(), binary.height()), origin, f, s, null);
  }

  /**
   * How pixels follow one another.
   *
   * @param axis along which
   * @param first displacement of the first pixel, mm
   * @param step from pixel to pixel, mm
   */
  private record Direction(String axis, double first, double step) {}

  private static Direction direction(CifText cif, int precedence) {
    int row = cif.row(LIST + "precedence", String.valueOf(precedence));
    String set = cif.text(LIST + "axis_set_id", row);
    int axis = cif.row(LIST_AXIS + "axis_set_id", set);
    if (axis < 0) {
      axis = cif.row(LIST_AXIS + "axis_id", set);
    }
    double step = cif.number(LIST_AXIS + "displacement_increment", axis);
    double first = cif.number(LIST_AXIS + "displacement", axis);
    return axis < 0 || !(Math.abs(step) > 0)
        ? null
        : new Direction(
            cif.text(LIST_AXIS + "axis_id", axis), Double.isNaN(first) ? 0 : first, step);
  }
}
