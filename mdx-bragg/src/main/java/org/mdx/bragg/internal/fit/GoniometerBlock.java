package org.mdx.bragg.internal.fit;

import org.mdx.bragg.internal.algebra.Turns;
import org.mdx.geometry.Goniometer;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Two tilts of the setting rotation about directions across the rotation axis, mrad. */
final class GoniometerBlock {
  static final int SIZE = 2;

  private final Goniometer start;
  private final Vec3[] axes;

  GoniometerBlock(Goniometer start, Vec3 beam) {
    this.start = start;
    Vec3 axis = start.laboratoryAxis();
    Vec3 across = axis.cross(beam).unit();
    axes = new Vec3[] {across, across.cross(axis).unit()};
  }

  Goniometer start() {
    return start;
  }

  Mat3 setting(double[] p, int from) {
    return new Turns(axes, p, from).product().times(start.settingRotation());
  }

  /** ∂S. */
  Mat3[] derivatives(double[] p, int from) {
    Turns turns = new Turns(axes, p, from);
    return new Mat3[] {
      turns.derivative(0).times(start.settingRotation()),
      turns.derivative(1).times(start.settingRotation())
    };
  }

  Goniometer at(double[] p, int from) {
    return new Goniometer(start.axis(), start.fixedRotation(), setting(p, from));
  }
}
