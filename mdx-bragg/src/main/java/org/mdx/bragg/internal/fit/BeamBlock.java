package org.mdx.bragg.internal.fit;

import org.mdx.bragg.internal.algebra.Turns;
import org.mdx.geometry.Beam;
import org.mdx.math.Vec3;

/**
 * Three parameters of s0: rotation in the plane of beam and rotation axis and out of it in mrad,
 * and the wavenumber in Å⁻¹ less that at the start.
 */
final class BeamBlock {
  static final int SIZE = 3;

  private static final FitParameter[] KINDS = {
    FitParameter.MU1, FitParameter.MU2, FitParameter.WAVENUMBER
  };
  private static final String[] NAMES = {"mu1", "mu2", "wavenumber"};

  private final Beam start;
  private final Vec3 unit;
  private final Vec3[] axes;

  BeamBlock(Beam start, Vec3 rotationAxis) {
    this.start = start;
    unit = start.direction().times(-1);
    Vec3 across = unit.cross(rotationAxis).unit();
    axes = new Vec3[] {across.cross(unit).unit(), across};
  }

  /** The directions about which mu1 and mu2 turn. */
  Vec3[] turnAxes() {
    return axes.clone();
  }

  FitParameter kind(int i) {
    return KINDS[i];
  }

  String name(int i) {
    return NAMES[i];
  }

  private double wavenumber(double[] p, int from) {
    return 1 / start.wavelength() + p[from + 2];
  }

  Vec3 s0(double[] p, int from) {
    return new Turns(axes, p, from).product().times(unit).times(wavenumber(p, from));
  }

  /** ∂s0. */
  Vec3[] derivatives(double[] p, int from) {
    Turns turns = new Turns(axes, p, from);
    double nu = wavenumber(p, from);
    return new Vec3[] {
      turns.derivative(0).times(unit).times(nu),
      turns.derivative(1).times(unit).times(nu),
      turns.product().times(unit)
    };
  }

  Beam at(double[] p, int from) {
    Vec3 s0 = s0(p, from);
    return new Beam(
        start.probe(),
        p[from + 2] == 0 ? start.wavelength() : 1 / s0.norm(),
        s0.times(-1),
        start.polarizationFraction(),
        start.polarizationNormal());
  }
}
