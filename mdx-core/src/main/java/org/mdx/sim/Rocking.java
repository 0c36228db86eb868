package org.mdx.sim;

import org.mdx.internal.kernel.ErrorFunction;
import org.mdx.math.Vec3;

/**
 * A Gaussian peak that moves on a straight line through a fixed point while a frame is exposed.
 * With q the point's place relative to the peak in the middle of the frame and g the peak's
 * velocity per radian, the mean over −Δ/2 &lt; δ &lt; Δ/2 of exp(−|q − gδ|²/2σ²) is
 *
 * <pre>
 * exp(−(|q|² − (q·g)²/|g|²)/2σ²) · √(π/2α)/Δ · [erf(√(α/2)(Δ/2 − m)) + erf(√(α/2)(Δ/2 + m))],
 * α = |g|²/σ², m = q·g/|g|²
 * </pre>
 */
final class Rocking {
  private final double gx;
  private final double gy;
  private final double gz;
  private final double inverseG2;
  private final double half;
  private final double rate;
  private final double factor;
  private final double minusHalfInverseVariance;
  private final boolean slow;

  /**
   * A moving peak.
   *
   * @param g change of the peak's place per radian of rotation, Å⁻¹
   * @param sigma standard deviation of the peak, Å⁻¹
   * @param delta rotation of the frame in radians, 0 or above
   */
  Rocking(Vec3 g, double sigma, double delta) {
    double speed = g.norm();
    gx = g.x();
    gy = g.y();
    gz = g.z();
    half = delta / 2;
    minusHalfInverseVariance = -0.5 / (sigma * sigma);
    slow = speed * delta < 0.1 * sigma;
    inverseG2 = slow ? 0 : 1 / (speed * speed);
    rate = speed / (sigma * Math.sqrt(2));
    factor = slow ? 1 : Math.sqrt(Math.PI) / (2 * rate * delta);
  }

  /** The mean at a place relative to the peak in the middle of the frame; does not check. */
  double mean(double x, double y, double z) {
    double q2 = x * x + y * y + z * z;
    double along = x * gx + y * gy + z * gz;
    if (slow) {
      // hardly moves: its place in the middle of the frame will do
      return Math.exp(q2 * minusHalfInverseVariance);
    }
    double m = along * inverseG2;
    double across = q2 - along * m;
    if (across * minusHalfInverseVariance < -14) {
      return 0;
    }
    return factor
        * Math.exp(across * minusHalfInverseVariance)
        * (ErrorFunction.erf(rate * (half - m)) + ErrorFunction.erf(rate * (half + m)));
  }
}
