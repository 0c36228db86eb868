package org.mdx.cli.plot;

import org.mdx.crystal.UnitCell;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A plane of reciprocal space on paper: the first index runs to the right, the second upwards, at
 * the angle that the reciprocal axes make. Lengths are in 1/Å.
 *
 * @param across index to the right
 * @param up index upwards
 * @param x1 length of the first reciprocal axis
 * @param x2 rightward part of the second
 * @param y2 upward part of the second
 */
record PlaneGeometry(Axis across, Axis up, double x1, double x2, double y2) {

  /** The geometry of a plane of a crystal across an axis. */
  static PlaneGeometry of(Axis normal, UnitCell cell) {
    Axis across = normal == Axis.H ? Axis.K : Axis.H;
    Axis up = normal == Axis.L ? Axis.K : Axis.L;
    Mat3 b = cell.reciprocal();
    Vec3 first = b.times(unit(across));
    Vec3 second = b.times(unit(up));
    double x1 = first.norm();
    double x2 = first.dot(second) / x1;
    return new PlaneGeometry(
        across, up, x1, x2, Math.sqrt(Math.max(0, second.dot(second) - x2 * x2)));
  }

  private static Vec3 unit(Axis axis) {
    return new Vec3(axis == Axis.H ? 1 : 0, axis == Axis.K ? 1 : 0, axis == Axis.L ? 1 : 0);
  }

  /** Place to the right of a point with indices u and v. */
  double x(double u, double v) {
    return u * x1 + v * x2;
  }

  /** Place upwards of a point with the second index v. */
  double y(double v) {
    return v * y2;
  }

  /** Second index of a point. */
  double v(double y) {
    return y / y2;
  }

  /** First index of a point. */
  double u(double x, double y) {
    return (x - v(y) * x2) / x1;
  }

  /**
   * The box around all voxels of a plane.
   *
   * @return left, right, bottom, top
   */
  double[] bounds(ReciprocalMap plane) {
    double[] u = limits(plane, across);
    double[] v = limits(plane, up);
    double skew0 = Math.min(v[0] * x2, v[1] * x2);
    double skew1 = Math.max(v[0] * x2, v[1] * x2);
    return new double[] {u[0] * x1 + skew0, u[1] * x1 + skew1, v[0] * y2, v[1] * y2};
  }

  private static double[] limits(ReciprocalMap plane, Axis axis) {
    double half = 0.5 / divisions(plane, axis);
    return new double[] {plane.min(axis) - half, plane.max(axis) + half};
  }

  /** Voxels per unit of an index. */
  static int divisions(ReciprocalMap plane, Axis axis) {
    return switch (axis) {
      case H -> plane.ndiv().h();
      case K -> plane.ndiv().k();
      case L -> plane.ndiv().l();
    };
  }
}
