package org.mdx.stats;

import java.util.Locale;

/**
 * A shell of an isotropic average. What could not be computed is NaN.
 *
 * @param sMin lower limit in Å⁻¹, included
 * @param sMax upper limit in Å⁻¹
 * @param s mean over the values in Å⁻¹, where the average is placed
 * @param values number of values
 * @param trimmed number of them left out at each side
 * @param average trimmed mean; NaN if there are too few values, so that the neighbours' averages
 *     are interpolated instead
 * @param mean mean without trimming
 * @param deviation standard deviation of the values from it (n − 1)
 * @param remainderMean mean of what remains of the values without the interpolated average: the
 *     skewness that trimming hides
 * @param remainderDeviation standard deviation of what remains (n − 1)
 */
public record IsotropicShell(
    double sMin,
    double sMax,
    double s,
    int values,
    int trimmed,
    double average,
    double mean,
    double deviation,
    double remainderMean,
    double remainderDeviation) {
  /** Range of s and the average there. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "IsotropicShell[s %.4g to %.4g 1/Å: average %.5g of %d values, %d trimmed]",
        sMin,
        sMax,
        average,
        values,
        trimmed);
  }
}
