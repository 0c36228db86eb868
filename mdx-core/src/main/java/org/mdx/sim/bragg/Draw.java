package org.mdx.sim.bragg;

import org.mdx.internal.kernel.Hash;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Random numbers of one recipe, one after the other; for one thread. */
final class Draw {
  private final long key;
  private long next;

  Draw(long seed, long recipe) {
    key = Hash.key(Hash.key(seed, 100), recipe);
  }

  /** A number between two others. */
  double between(double low, double high) {
    return low + (high - low) * Hash.uniform(key, next++);
  }

  /** A number about zero, within ±most. */
  double within(double most) {
    return between(-most, most);
  }

  /** True or false. */
  boolean coin() {
    return between(0, 1) < 0.5;
  }

  /** A direction, all alike. */
  Vec3 direction() {
    double z = within(1);
    double angle = between(0, 2 * Math.PI);
    double r = Math.sqrt(1 - z * z);
    return new Vec3(r * Math.cos(angle), r * Math.sin(angle), z);
  }

  /** A rotation, all alike: a turn about the pole, and the pole anywhere. */
  Mat3 rotation() {
    Vec3 pole = direction();
    Vec3 z = new Vec3(0, 0, 1);
    Vec3 across = z.cross(pole);
    double tilt = Math.toDegrees(Math.atan2(across.norm(), pole.z()));
    return Mat3.rotation(across.norm() == 0 ? new Vec3(1, 0, 0) : across, tilt)
        .times(Mat3.rotation(z, between(0, 360)));
  }
}
