package org.mdx.geometry;

import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A goniometer that turns about one axis.
 *
 * @param axis the rotation axis as the setting rotation finds it; made a unit vector
 * @param fixedRotation F, from the crystal's frame to that of the rotating stage
 * @param settingRotation S, of everything the axis carries, to the laboratory
 */
public record Goniometer(Vec3 axis, Mat3 fixedRotation, Mat3 settingRotation) {

  /** Matrices of four decimals pass. */
  private static final double ORTHOGONAL = 1e-3;

  public Goniometer {
    try {
      axis = axis.unit();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the rotation axis: " + e.getMessage(), e);
    }
    requireRotation("fixed", fixedRotation);
    requireRotation("setting", settingRotation);
  }

  private static void requireRotation(String name, Mat3 m) {
    double[] product = m.transpose().times(m).toRowMajor();
    double most = 0;
    for (int i = 0; i < 9; i++) {
      double off = Math.abs(product[i] - (i % 4 == 0 ? 1 : 0));
      most = off <= most ? most : off; // NaN stays
    }
    double determinant = m.determinant();
    if (!(most <= ORTHOGONAL && determinant > 0)) {
      throw new IllegalArgumentException(
          "the "
              + name
              + " rotation is none: its determinant is "
              + determinant
              + ", must be 1, and MᵀM differs from 1 by "
              + most
              + ", at most "
              + ORTHOGONAL);
    }
  }

  /**
   * The whole rotation S·R(axis, φ)·F.
   *
   * @param phi rotation angle in degrees
   * @return rotation matrix
   */
  public Mat3 rotation(double phi) {
    return settingRotation.times(Mat3.rotation(axis, phi)).times(fixedRotation);
  }

  /**
   * The rotation axis in the laboratory frame, S·axis.
   *
   * @return a unit vector
   */
  public Vec3 laboratoryAxis() {
    return settingRotation.times(axis).unit();
  }

  @Override
  public String toString() {
    boolean fixed = fixedRotation.equals(Mat3.IDENTITY);
    boolean setting = settingRotation.equals(Mat3.IDENTITY);
    return "Goniometer[axis "
        + axis
        + (fixed ? "" : ", fixed rotation " + fixedRotation)
        + (setting ? "" : ", setting rotation " + settingRotation)
        + "]";
  }
}
