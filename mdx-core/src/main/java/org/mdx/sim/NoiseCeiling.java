package org.mdx.sim;

/**
 * The best correlation with the truth that the noise of counting allows: with V the variance of the
 * truth over a shell and N the mean variance of its measurements, CC = √(V/(V + N)). With weighted
 * means N is the mean of σ².
 */
public final class NoiseCeiling {
  private NoiseCeiling() {}

  /**
   * The expected Pearson correlation of truth and measurement.
   *
   * @param truth of each voxel
   * @param sigma standard deviation of each voxel's measurement, in the same unit
   * @return 0 to 1; NaN for fewer than two voxels
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double correlation(double[] truth, double[] sigma) {
    if (truth.length != sigma.length) {
      throw new IllegalArgumentException(truth.length + " truths for " + sigma.length + " sigmas");
    }
    if (truth.length < 2) {
      return Double.NaN;
    }
    double mean = 0;
    double noise = 0;
    for (int i = 0; i < truth.length; i++) {
      mean += truth[i] / truth.length;
      noise += sigma[i] * sigma[i] / truth.length;
    }
    double variance = 0;
    for (double t : truth) {
      variance += (t - mean) * (t - mean) / truth.length;
    }
    return Math.sqrt(variance / (variance + noise));
  }
}
