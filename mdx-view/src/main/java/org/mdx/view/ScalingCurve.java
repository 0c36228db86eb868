package org.mdx.view;

/**
 * A curve that is drawn over the scale of a sweep, such as the one of another program.
 *
 * @param label what it is
 * @param phi degrees, rising
 * @param value as many numbers
 */
public record ScalingCurve(String label, double[] phi, double[] value) {

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
