package org.mdx.bragg.internal.lattice;

import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** The angle between two lattices, modulo the symmetry of the lattice. */
public final class Misorientation {
  private static final double TOLERANCE = 3;

  /** Le Page's δ, degrees, within which axes are alike. */
  private static final double SAME = 0.5;

  private Misorientation() {}

  /** Smallest angle in degrees that turns one lattice into the other; 180 if their cells differ. */
  public static double degrees(Mat3 one, Mat3 other) {
    Mat3 first = rightHanded(one);
    UnitCell cell = UnitCell.ofAxes(first);
    KnownCell known = new KnownCell(cell, SpaceGroup.ofNumber(1));
    double least = 180;
    for (Mat3 a : known.settings(rightHanded(other).inverse())) {
      Mat3 axes = a.inverse();
      for (ChangeOfBasis op :
          MetricSymmetry.of(cell, SpaceGroup.ofNumber(1), TOLERANCE).rotations()) {
        Mat3 turned = KnownCell.changed(axes, op);
        least = Math.min(least, angle(first, turned));
      }
    }
    return least;
  }

  /**
   * A lattice in those axes in which it is turned least from another one.
   *
   * @param one setting matrix of a cell
   * @param other one of the same cell up to a rotation, in axes that the symmetry allows
   * @param known the cell and its group
   * @return a setting matrix of the other lattice
   */
  public static Mat3 nearest(Mat3 one, Mat3 other, KnownCell known) {
    Mat3 first = one.inverse();
    Mat3 axes = other.inverse();
    if (first.determinant() * axes.determinant() < 0) {
      axes = axes.times(-1);
    }
    Mat3 best = axes;
    double least = angle(first, axes);
    for (ChangeOfBasis op :
        MetricSymmetry.of(UnitCell.ofAxes(first), SpaceGroup.ofNumber(1), SAME).rotations()) {
      Mat3 turned = KnownCell.changed(axes, op);
      double angle = known.keeps(op) ? angle(first, turned) : least;
      if (angle < least - 1e-9) {
        least = angle;
        best = turned;
      }
    }
    return best.inverse();
  }

  /** Reduced axes; a lattice is the same with all of them reversed. */
  private static Mat3 rightHanded(Mat3 a) {
    Mat3 axes = NiggliCell.reducedAxes(a.inverse());
    return axes.determinant() < 0 ? axes.times(-1) : axes;
  }

  private static double angle(Mat3 first, Mat3 second) {
    Mat3 turn = second.transpose().times(first.transpose().inverse());
    double cosine = (turn.m00() + turn.m11() + turn.m22() - 1) / 2;
    // cells that differ a little change the trace, but hardly the part that is antisymmetric
    Vec3 sine = new Vec3(turn.m21() - turn.m12(), turn.m02() - turn.m20(), turn.m10() - turn.m01());
    return Math.toDegrees(Math.atan2(sine.norm() / 2, cosine));
  }
}
