package org.mdx.correct;

/**
 * Which corrections are applied.
 *
 * @param attenuation by the attenuation of the diffracted beam in air
 * @param efficiency by the efficiency of the sensor
 * @param polarization by the polarization factor
 * @param lorentz multiply by the recorded fraction of the reciprocal cell, so that a sharp peak's
 *     intensity does not depend on how the voxel was swept
 * @param p1 map to the asymmetric unit by Friedel's law alone, whatever the space group
 * @param mdx2Compatible correct by a grid of corrections, take the error from the counts alone, and
 *     in {@code p1} turn the sign of l alone
 */
public record CorrectOptions(
    boolean attenuation,
    boolean efficiency,
    boolean polarization,
    boolean lorentz,
    boolean p1,
    boolean mdx2Compatible) {

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
}
