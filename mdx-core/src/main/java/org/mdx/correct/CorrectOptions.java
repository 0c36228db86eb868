package org.mdx.correct;

import java.util.List;
import org.mdx.geometry.CorrectionFactors;

/** Which corrections are applied. */
public final class CorrectOptions {
  private final boolean attenuation;
  private final boolean efficiency;
  private final boolean polarization;
  private final boolean lorentz;
  private final boolean p1;
  private final boolean mdx2Compatible;

  private CorrectOptions(
      boolean attenuation,
      boolean efficiency,
      boolean polarization,
      boolean lorentz,
      boolean p1,
      boolean mdx2Compatible) {
    this.attenuation = attenuation;
    this.efficiency = efficiency;
    this.polarization = polarization;
    this.lorentz = lorentz;
    this.p1 = p1;
    this.mdx2Compatible = mdx2Compatible;
  }

  /**
   * Everything but the Lorentz factor, in the crystal's symmetry.
   *
   * @return the defaults
   */
  public static CorrectOptions defaults() {
    return new CorrectOptions(true, true, true, false, false, false);
  }

  /**
   * With or without the attenuation in air.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions attenuation(boolean on) {
    return new CorrectOptions(on, efficiency, polarization, lorentz, p1, mdx2Compatible);
  }

  /**
   * With or without the efficiency of the sensor.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions efficiency(boolean on) {
    return new CorrectOptions(attenuation, on, polarization, lorentz, p1, mdx2Compatible);
  }

  /**
   * With or without the polarization factor.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions polarization(boolean on) {
    return new CorrectOptions(attenuation, efficiency, on, lorentz, p1, mdx2Compatible);
  }

  /**
   * With or without the Lorentz factor.
   *
   * @param on whether to apply it
   * @return new options
   */
  public CorrectOptions lorentz(boolean on) {
    return new CorrectOptions(attenuation, efficiency, polarization, on, p1, mdx2Compatible);
  }

  /**
   * In P1 or in the crystal's symmetry.
   *
   * @param on whether to use Friedel's law alone
   * @return new options
   */
  public CorrectOptions p1(boolean on) {
    return new CorrectOptions(attenuation, efficiency, polarization, lorentz, on, mdx2Compatible);
  }

  /**
   * With or without mdx2's conventions.
   *
   * @param on whether to follow them
   * @return new options
   */
  public CorrectOptions mdx2Compatible(boolean on) {
    return new CorrectOptions(attenuation, efficiency, polarization, lorentz, p1, on);
  }

  /**
   * By the attenuation of the diffracted beam in air.
   *
   * @return the value
   */
  public boolean attenuation() {
    return attenuation;
  }

  /**
   * By the efficiency of the sensor.
   *
   * @return the value
   */
  public boolean efficiency() {
    return efficiency;
  }

  /**
   * By the polarization factor.
   *
   * @return the value
   */
  public boolean polarization() {
    return polarization;
  }

  /**
   * Multiply by the recorded fraction of the reciprocal cell, so that a sharp peak's intensity does
   * not depend on how the voxel was swept.
   *
   * @return the value
   */
  public boolean lorentz() {
    return lorentz;
  }

  /**
   * Map to the asymmetric unit by Friedel's law alone, whatever the space group.
   *
   * @return the value
   */
  public boolean p1() {
    return p1;
  }

  /**
   * Correct by a grid of corrections, take the error from the counts alone, and in {@code p1} turn
   * the sign of l alone.
   *
   * @return the value
   */
  public boolean mdx2Compatible() {
    return mdx2Compatible;
  }

  /**
   * What the counts of a pixel are divided by: the product of its factors Ω, T, E and P that are
   * applied.
   *
   * @param f factors of the pixel
   * @return the product
   */
  public double applied(CorrectionFactors f) {
    return f.solidAngle()
        * (attenuation ? f.attenuation() : 1)
        * (efficiency ? f.efficiency() : 1)
        * (polarization ? f.polarization() : 1);
  }

  private List<Object> values() {
    return List.of(attenuation, efficiency, polarization, lorentz, p1, mdx2Compatible);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CorrectOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "CorrectOptions["
        + "attenuation="
        + attenuation
        + ", efficiency="
        + efficiency
        + ", polarization="
        + polarization
        + ", lorentz="
        + lorentz
        + ", p1="
        + p1
        + ", mdx2Compatible="
        + mdx2Compatible
        + "]";
  }
}
