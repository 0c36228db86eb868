package org.mdx.bragg.scale;

/**
 * The scale of a sweep and its uncertainty.
 *
 * @param scale values of C along the scan
 * @param scaleSigma their standard deviations, 0 of one that was held
 * @param decay values of B, Å²; none if B is 0
 * @param decaySigma their standard deviations
 * @param absorption coefficients of the surface, l by l; none if there is no surface
 * @param absorptionSigma their standard deviations
 * @param level strength of the surface
 * @param errors the error model
 * @param measured measurements that were scaled
 * @param outliers measurements that disagree
 * @param component number of the group of sweeps that share reflections, from 0
 * @param deltaCcHalf CC½ of all less that without this sweep; NaN if it cannot be told
 * @param leftOut whether the sweep was left out for it
 */
public record SweepScaling(
    double[] scale,
    double[] scaleSigma,
    double[] decay,
    double[] decaySigma,
    double[] absorption,
    double[] absorptionSigma,
    AbsorptionLevel level,
    ErrorModel errors,
    int measured,
    int outliers,
    int component,
    double deltaCcHalf,
    boolean leftOut) {

  /**
   * Number of intervals of a curve of so many values.
   *
   * @param values two or more
   * @return 1 or more
   */
  public static int intervals(int values) {
    return values < 4 ? values - 1 : values - 2;
  }
}
