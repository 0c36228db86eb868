package org.mdx.view;

/**
 * A curve over the rotation angle of a sweep, beside its scaling model.
 *
 * @param chart in which it is drawn
 * @param label for the legend
 * @param phi angles in degrees
 * @param value as many values
 */
public record ScalingCurve(Chart chart, String label, double[] phi, double[] value) {

  /** Where a curve belongs. */
  public enum Chart {
    /** Over the scale b: another scale, whose common factor is free. */
    SCALE,
    /** The decay B of Bragg reflections in Å². */
    DECAY,
    /** The mean square of normalised deviations from the merged intensity; 1 is expected. */
    RESIDUALS
  }

  public ScalingCurve {
    if (phi.length != value.length || phi.length == 0) {
      throw new IllegalArgumentException(
          "curve " + label + " has " + phi.length + " angles and " + value.length + " values");
    }
    phi = phi.clone();
    value = value.clone();
  }

  @Override
  public double[] phi() {
    return phi.clone();
  }

  @Override
  public double[] value() {
    return value.clone();
  }
}
