package org.mdx.bragg.internal.lattice;

import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** The same sweep with its detector or its axis elsewhere. */
public final class Placed {
  private Placed() {}

  /** All panels moved by t in mm, laboratory frame. */
  public static Geometry shifted(Geometry g, Vec3 t) {
    if (t.equals(Vec3.ZERO)) {
      return g;
    }
    Detector d =
        new Detector(
            g.detector().panels().stream().map(p -> p.withOrigin(p.origin().plus(t))).toList());
    return new Geometry(g.beam(), d, g.goniometer(), g.scan(), null);
  }

  /** Another rotation axis in the laboratory, the goniometer having no other rotations. */
  public static Geometry turning(Geometry g, Vec3 axis) {
    Goniometer other = new Goniometer(axis, g.goniometer().fixedRotation(), Mat3.IDENTITY);
    return new Geometry(g.beam(), g.detector(), other, g.scan(), null);
  }

  /** The first panel's unit vectors along rising px and py, in the laboratory. */
  public static Vec3[] across(Geometry g) {
    return new Vec3[] {g.detector().panels().get(0).fast(), g.detector().panels().get(0).slow()};
  }
}
