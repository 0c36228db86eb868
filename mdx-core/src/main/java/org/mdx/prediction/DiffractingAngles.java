package org.mdx.prediction;

import org.mdx.geometry.Goniometer;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The two angles at which a reflection of a fixed crystal crosses the Ewald sphere, in closed form.
 *
 * <p>With r = F·A·h before the scan axis e turns it, and t = Sᵀ·s0 the beam seen from the axis, the
 * condition |s0 + r| = |s0| reads b·cosφ + c·sinφ = q with a = (e·r)(e·t), b = t·r − a, c = (t ×
 * e)·r and q = −r²/2 − a. Hence φ = atan2(c, b) ± acos(q/√(b² + c²)); with the upper sign the
 * reflection enters the sphere as φ grows. All three are linear in h, r² is a quadratic form.
 */
final class DiffractingAngles {
  private final Vec3 a;
  private final Vec3 b;
  private final Vec3 c;
  private final Mat3 metric;

  DiffractingAngles(Goniometer goniometer, Vec3 s0, Mat3 setting) {
    Mat3 fa = goniometer.fixedRotation().times(setting);
    Mat3 toIndex = fa.transpose();
    Vec3 e = goniometer.axis();
    Vec3 t = goniometer.settingRotation().transpose().times(s0);
    a = toIndex.times(e).times(e.dot(t));
    b = toIndex.times(t).minus(a);
    c = toIndex.times(t.cross(e));
    metric = toIndex.times(fa);
  }

  /** 1/d², Å⁻². */
  double squaredLength(double h, double k, double l) {
    return h * h * metric.m00()
        + k * k * metric.m11()
        + l * l * metric.m22()
        + 2 * (h * k * metric.m01() + h * l * metric.m02() + k * l * metric.m12());
  }

  /**
   * The angles in degrees, between −360 and 360: out[0] entering, out[1] leaving.
   *
   * @param slack how far |q|/√(b² + c²) may be above 1, which then counts as 1
   * @return false if the reflection does not cross the sphere
   */
  boolean solve(double h, double k, double l, double slack, double[] out) {
    double q = -0.5 * squaredLength(h, k, l) - (a.x() * h + a.y() * k + a.z() * l);
    double cosine = b.x() * h + b.y() * k + b.z() * l;
    double sine = c.x() * h + c.y() * k + c.z() * l;
    double radius = cosine * cosine + sine * sine;
    if (!(q * q <= radius * (1 + slack) * (1 + slack)) || radius == 0) {
      return false;
    }
    double middle = Math.atan2(sine, cosine);
    double half = Math.acos(Math.max(-1, Math.min(1, q / Math.sqrt(radius))));
    out[0] = Math.toDegrees(middle + half);
    out[1] = Math.toDegrees(middle - half);
    return true;
  }
}
