package org.mdx.stats;

import java.util.Locale;

/**
 * Statistics of the voxels between two lengths of the scattering vector. What could not be computed
 * is NaN.
 *
 * @param sMin lower limit in Å⁻¹, included
 * @param sMax upper limit in Å⁻¹, not included but in the last shell
 * @param s mean over the voxels in Å⁻¹
 * @param voxels number of voxels that have an intensity
 * @param completeness how many of the possible voxels these are
 * @param redundancy mean number of observations per voxel
 * @param mean mean intensity
 * @param deviation standard deviation of the intensities from that mean (n − 1)
 * @param anisotropic root mean square of the intensities without their isotropic average
 * @param error mean standard error of the intensities
 * @param halves agreement of the two half-sets; the isotropic average that both go without is that
 *     of the whole
 * @param truth agreement with the other table; each goes without its own isotropic average
 */
public record Shell(
    double sMin,
    double sMax,
    double s,
    int voxels,
    Completeness completeness,
    double redundancy,
    double mean,
    double deviation,
    double anisotropic,
    double error,
    Agreement halves,
    Agreement truth) {

  /**
   * Correlation of the half-sets, CC1/2.
   *
   * @return −1 to 1, or NaN
   */
  public double ccHalf() {
    return halves.cc();
  }

  /**
   * CC1/2 without the isotropic average.
   *
   * @return −1 to 1, or NaN
   */
  public double ccHalfAnisotropic() {
    return halves.ccAnisotropic();
  }

  /**
   * What the anisotropic CC1/2 would be, on average, if the errors were right: V/√((V + e₀)(V +
   * e₁)), V the variance of the signal and e the mean squared errors of the half-sets.
   *
   * @return 0 to 1, or NaN
   */
  public double ccHalfExpected() {
    return halves.expected();
  }

  /**
   * CC* of the anisotropic CC1/2.
   *
   * @return 0 to 1, or NaN
   * @see Agreement#ccStar
   */
  public double ccStar() {
    return halves.ccStar();
  }

  /**
   * Correlation with the other table.
   *
   * @return −1 to 1, or NaN
   */
  public double ccTruth() {
    return truth.cc();
  }

  /**
   * The same, each without its own isotropic average.
   *
   * @return −1 to 1, or NaN
   */
  public double ccTruthAnisotropic() {
    return truth.ccAnisotropic();
  }

  /**
   * What the errors let one expect of the anisotropic correlation with the other table.
   *
   * @return 0 to 1, or NaN
   * @see ShellStatistics#expectedCorrelation
   */
  public double ccTruthExpected() {
    return truth.expected();
  }

  /** Range of s, how complete, how often measured, and how well half-sets agree. */
  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            "Shell[s %.4g to %.4g 1/Å; %s; redundancy %.1f; mean %.5g, spread %.5g, error %.4g;"
                + " halves: %s",
            sMin,
            sMax,
            completeness,
            redundancy,
            mean,
            deviation,
            error,
            halves)
        + (truth.pairs() == 0 ? "]" : "; other: " + truth + "]");
  }
}
