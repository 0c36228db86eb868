package org.mdx.figures.axes;

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
public record PlaneGeometry(Axis across, Axis up, double x1, double x2, double y2) {

  /**
   * The geometry of a plane of a crystal.
   *
   * @param normal the index that is constant
   * @param cell the crystal's unit cell
   * @return the geometry
   */
  public static PlaneGeometry of(Axis normal, UnitCell cell) {
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

  /**
   * Place of a point to the right.
   *
   * @param u index to the right
   * @param v index upwards
   * @return in 1/Å
   */
  public double x(double u, double v) {
    return u * x1 + v * x2;
  }

  /**
   * Place of a point upwards.
   *
   * @param v index upwards
   * @return in 1/Å
   */
  public double y(double v) {
    return v * y2;
  }

  /**
   * Second index of a point.
   *
   * @param y place upwards in 1/Å
   * @return index upwards
   */
  public double v(double y) {
    return y / y2;
  }

  /**
   * First index of a point.
   *
   * @param x place to the right in 1/Å
   * @param y place upwards in 1/Å
   * @return index to the right
   */
  public double u(double x, double y) {
    return (x - v(y) * x2) / x1;
  }

  /**
   * The box around the voxels of a plane that hold data, or around all if none does.
   *
   * @param plane a map one voxel thick across the plane
   * @return left, right, bottom, top in 1/Å
   */
  public double[] bounds(ReciprocalMap plane) {
    double[] box = bounds(plane, false);
    return box[0] < box[1] ? box : bounds(plane, true);
  }

  private double[] bounds(ReciprocalMap plane, boolean all) {
    int nu = plane.length(across);
    int nv = plane.length(up);
    double du = 0.5 / divisions(plane, across);
    double dv = 0.5 / divisions(plane, up);
    double[] box = {
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    float[] values = plane.toArray(); // the axes that are left keep their order
    for (int i = 0; i < nu; i++) {
      double u = plane.min(across) + 2 * du * i;
      for (int j = 0; j < nv; j++) {
        if (all || !Float.isNaN(values[i * nv + j])) {
          double v = plane.min(up) + 2 * dv * j;
          box[0] = Math.min(box[0], x(u - du, v) - Math.abs(dv * x2));
          box[1] = Math.max(box[1], x(u + du, v) + Math.abs(dv * x2));
          box[2] = Math.min(box[2], y(v - dv));
          box[3] = Math.max(box[3], y(v + dv));
        }
      }
    }
    return box;
  }

  /**
   * Voxels per unit of an index.
   *
   * @param plane a map
   * @param axis the index
   * @return 1 or more
   */
  public static int divisions(ReciprocalMap plane, Axis axis) {
    return switch (axis) {
      case H -> plane.ndiv().h();
      case K -> plane.ndiv().k();
      case L -> plane.ndiv().l();
    };
  }
}
