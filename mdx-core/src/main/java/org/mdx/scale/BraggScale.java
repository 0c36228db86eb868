package org.mdx.scale;

import java.util.Objects;
import java.util.Optional;

/**
 * How the Bragg intensities of a sweep were scaled by DIALS: I/(C(φ)·exp(B(φ)/2d²)·S) is on the
 * common scale, S being absorption on the crystal's sphere, which is not held here.
 *
 * @param kind name of the model, such as {@code physical}
 * @param phi0 angle at which the sweep begins, in degrees; NaN if the model does not say
 * @param phi1 angle at which it ends, not phi0; NaN if the model does not say
 * @param scale C(φ); empty if the model has none of this form
 * @param decay B(φ) in Å²; empty if the model has none of this form
 */
public record BraggScale(
    String kind,
    double phi0,
    double phi1,
    Optional<SmoothedCurve> scale,
    Optional<SmoothedCurve> decay) {

  public BraggScale {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(decay, "decay");
    if ((scale.isPresent() || decay.isPresent()) && !(phi0 < phi1 || phi1 < phi0)) {
      throw new IllegalArgumentException(
          "scale from " + phi0 + "° to " + phi1 + "°, the two angles must differ");
    }
  }

  /**
   * The factor that decay makes.
   *
   * @param phi in degrees
   * @param d resolution in Å
   * @return exp(B/2d²); 1 without decay
   */
  public double decayFactor(double phi, double d) {
    return decay.map(b -> Math.exp(b.at(phi) / (2 * d * d))).orElse(1.0);
  }
}
