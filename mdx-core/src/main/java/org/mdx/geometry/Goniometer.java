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

  public Goniometer {
    axis = axis.unit();
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
}
