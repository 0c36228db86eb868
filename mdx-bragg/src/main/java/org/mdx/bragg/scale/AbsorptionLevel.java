package org.mdx.bragg.scale;

/**
 * How strong an absorption surface may become: degree of its harmonics and the restraint of their
 * coefficients to 0, as the levels of DIALS.
 */
public enum AbsorptionLevel {
  /** None. */
  OFF(0, 0),
  /** About 1 %. */
  LOW(4, 5e5),
  /** About 5 %. */
  MEDIUM(6, 5e4),
  /** Above 25 %. */
  HIGH(6, 5e3);

  private final int lmax;
  private final double weight;

  AbsorptionLevel(int lmax, double weight) {
    this.lmax = lmax;
    this.weight = weight;
  }

  /**
   * Highest degree.
   *
   * @return 0 if there is no surface
   */
  public int lmax() {
    return lmax;
  }

  /**
   * What a squared coefficient adds to χ².
   *
   * @return 0 if there is no surface
   */
  public double weight() {
    return weight;
  }
}
