package org.mdx.stats;

import java.util.Locale;

/**
 * Numbers of observations of the voxels of a shell. A quantile q is the smallest number that at
 * least the fraction q of the voxels does not exceed; −1 where there are no voxels.
 *
 * @param sMin lower limit in Å⁻¹, included
 * @param sMax upper limit in Å⁻¹, not included but in the last shell
 * @param voxels number of voxels that have an intensity
 * @param observations number of their observations
 * @param redundancy mean number of observations per voxel (other programs: multiplicity); NaN where
 *     there are no voxels
 * @param single voxels with one observation
 * @param min fewest observations of a voxel
 * @param lowerQuartile quantile ¼
 * @param median quantile ½
 * @param upperQuartile quantile ¾
 * @param max most observations of a voxel
 */
public record RedundancyShell(
    double sMin,
    double sMax,
    int voxels,
    long observations,
    double redundancy,
    int single,
    int min,
    int lowerQuartile,
    int median,
    int upperQuartile,
    int max) {

  /** The shell of some voxels, given their numbers of observations in rising order. */
  static RedundancyShell of(double sMin, double sMax, int[] sorted) {
    int n = sorted.length;
    long observations = 0;
    int single = 0;
    for (int count : sorted) {
      observations += count;
      single += count == 1 ? 1 : 0;
    }
    return new RedundancyShell(
        sMin,
        sMax,
        n,
        observations,
        (double) observations / n,
        single,
        quantile(sorted, 0),
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 1));
  }

  private static int quantile(int[] sorted, double q) {
    int place = Math.max(0, (int) Math.ceil(q * sorted.length) - 1);
    return sorted.length == 0 ? -1 : sorted[place];
  }

  /** Range of s and how often its voxels were measured. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RedundancyShell[s %.4g to %.4g 1/Å: %d voxels, redundancy %.1f, median %d, %d to %d, %d"
            + " single]",
        sMin,
        sMax,
        voxels,
        redundancy,
        median,
        min,
        max,
        single);
  }
}
