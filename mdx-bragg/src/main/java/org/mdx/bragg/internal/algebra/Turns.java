package org.mdx.bragg.internal.algebra;

import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** A product of rotations, the last axis leftmost, by angles in mrad, and its derivatives. */
public final class Turns {
  private static final double DEGREES = Math.toDegrees(1e-3);

  private final Mat3 product;
  private final Mat3[] derivatives;

  /** R(axisₙ, angleₙ) … R(axis₁, angle₁). */
  public Turns(Vec3[] axes, double[] angles, int from) {
    int n = axes.length;
    Mat3[] factors = new Mat3[n];
    for (int i = 0; i < n; i++) {
      factors[i] = Mat3.rotation(axes[i], angles[from + i] * DEGREES);
    }
    Mat3 all = Mat3.IDENTITY;
    for (Mat3 f : factors) {
      all = f.times(all);
    }
    product = all;
    derivatives = new Mat3[n];
    for (int i = 0; i < n; i++) {
      Mat3 d = Mat3.IDENTITY;
      for (int j = 0; j < n; j++) {
        d = (j == i ? cross(axes[j].unit()).times(1e-3).times(factors[j]) : factors[j]).times(d);
      }
      derivatives[i] = d;
    }
  }

  /** The matrix of v ↦ a × v. */
  private static Mat3 cross(Vec3 a) {
    return new Mat3(0, -a.z(), a.y(), a.z(), 0, -a.x(), -a.y(), a.x(), 0);
  }

  public Mat3 product() {
    return product;
  }

  /** By the angle of an axis, per mrad. */
  public Mat3 derivative(int i) {
    return derivatives[i];
  }
}
