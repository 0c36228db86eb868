package org.mdx.io.cbf;

import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The axes of an imgCIF header ({@code _axis}) with their settings ({@code _diffrn_scan_axis}, and
 * over it {@code _diffrn_scan_frame_axis}). Each axis carries what depends on it: a point x becomes
 * R(v, α)·x + o + d·v with the vector v, angle α, displacement d and offset o of the axis, then
 * goes on to the axis that this one depends on. The frame is that of DIALS: x along the principal
 * axis of the goniometer, the source at +z.
 */
final class CifAxes {
  /** A chain is no longer; one that is goes round in circles. */
  private static final int MAX_CHAIN = 64;

  private final CifText cif;

  CifAxes(CifText cif) {
    this.cif = cif;
  }

  boolean has(String axis) {
    return cif.row("_axis.id", axis) >= 0;
  }

  Vec3 vector(String axis) {
    return triple("_axis.vector", cif.row("_axis.id", axis));
  }

  private Vec3 triple(String item, int row) {
    double[] v = new double[3];
    for (int i = 0; i < 3; i++) {
      double x = cif.number(item + "[" + (i + 1) + "]", row);
      v[i] = Double.isFinite(x) ? x : 0;
    }
    return new Vec3(v[0], v[1], v[2]);
  }

  /** Name of the axis that turns during the scan; empty if none does. */
  String scanAxis() {
    for (int i = 0; i < cif.rows("_diffrn_scan_axis.axis_id"); i++) {
      String axis = cif.text("_diffrn_scan_axis.axis_id", i);
      double step = cif.number("_diffrn_scan_axis.angle_increment", i);
      if (has(axis) && step != 0 && !Double.isNaN(step)) {
        return axis;
      }
    }
    return "";
  }

  /** Angle of an axis at the beginning of the frame, degrees. */
  double angle(String axis) {
    return setting(axis, "angle");
  }

  /** Rotation of an axis during the frame, degrees; NaN if not known. */
  double increment(String axis) {
    return cif.number(
        "_diffrn_scan_axis.angle_increment", cif.row("_diffrn_scan_axis.axis_id", axis));
  }

  private double setting(String axis, String what) {
    int row = cif.row("_diffrn_scan_frame_axis.axis_id", axis);
    double v = cif.number("_diffrn_scan_frame_axis." + what, row);
    if (Double.isNaN(v)) {
      row = cif.row("_diffrn_scan_axis.axis_id", axis);
      v = cif.number("_diffrn_scan_axis." + what + "_start", row);
    }
    return Double.isNaN(v) ? 0 : v;
  }

  /**
   * What the circles that carry the sample do to it, but for one: the outer ones after the inner
   * ones. Those above that one are in its direction, too, so that R(scan axis in the laboratory,
   * angle)·F is the rotation of the sample.
   *
   * @param scan the axis that is left out; none if empty
   */
  Mat3 fixedRotation(String scan) {
    String name = innermost(scan);
    Mat3 f = Mat3.IDENTITY;
    for (int i = 0; i < MAX_CHAIN && has(name); i++) {
      int row = cif.row("_axis.id", name);
      Vec3 v = vector(name);
      if (!name.equals(scan) && v.norm() > 0 && isRotation(row)) {
        f = Mat3.rotation(v.unit(), angle(name)).times(f);
      }
      name = cif.text("_axis.depends_on", row);
    }
    return f;
  }

  /** The circle that no other one depends on but that hangs on a given one, if any is given. */
  private String innermost(String on) {
    for (int i = 0; i < cif.rows("_axis.id"); i++) {
      String axis = cif.text("_axis.id", i);
      if (isGoniometer(i) && !carries(axis) && (on.isEmpty() || hangs(axis, on))) {
        return axis;
      }
    }
    return "";
  }

  private boolean hangs(String axis, String on) {
    String name = axis;
    for (int i = 0; i < MAX_CHAIN && has(name); i++) {
      if (name.equals(on)) {
        return true;
      }
      name = cif.text("_axis.depends_on", cif.row("_axis.id", name));
    }
    return false;
  }

  private boolean carries(String axis) {
    for (int i = 0; i < cif.rows("_axis.id"); i++) {
      if (isGoniometer(i) && cif.text("_axis.depends_on", i).equals(axis)) {
        return true;
      }
    }
    return false;
  }

  private boolean isGoniometer(int row) {
    return cif.text("_axis.equipment", row).equals("goniometer");
  }

  private boolean isRotation(int row) {
    return cif.text("_axis.type", row).equals("rotation");
  }

  /**
   * A point or direction on an axis, in the laboratory.
   *
   * @param axis that carries it
   * @param x seen from the axis
   * @param moved false for a direction, which is only turned
   * @param own false to begin with the axis that this one depends on
   */
  Vec3 laboratory(String axis, Vec3 x, boolean moved, boolean own) {
    String name = axis;
    Vec3 p = x;
    for (int i = 0; i < MAX_CHAIN && has(name); i++) {
      int row = cif.row("_axis.id", name);
      Vec3 v = vector(name);
      if ((own || i > 0) && v.norm() > 0) {
        boolean turns = isRotation(row);
        p = turns ? Mat3.rotation(v.unit(), angle(name)).times(p) : p;
        if (moved) {
          double d = turns ? 0 : setting(name, "displacement");
          p = p.plus(triple("_axis.offset", row)).plus(v.unit().times(d));
        }
      }
      name = cif.text("_axis.depends_on", row);
    }
    return p;
  }
}
