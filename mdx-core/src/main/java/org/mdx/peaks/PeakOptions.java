package org.mdx.peaks;

import java.util.OptionalInt;

/**
 * Options for finding Bragg peaks.
 *
 * @param countThreshold pixels with more counts are strong; empty to find it from the images
 * @param outlierCutoff strong pixels farther from the lattice points than this, in standard
 *     deviations of all strong pixels, are left out of the fit
 */
public record PeakOptions(OptionalInt countThreshold, double outlierCutoff) {

  public PeakOptions {
    if (countThreshold.isPresent() && countThreshold.getAsInt() < 0) {
      throw new IllegalArgumentException(
          "count threshold " + countThreshold.getAsInt() + ", must be 0 or more");
    }
    if (!(outlierCutoff > 0)) {
      throw new IllegalArgumentException("outlier cutoff " + outlierCutoff + ", must be above 0");
    }
  }

  /**
   * A threshold found from the images, outliers beyond 3 standard deviations.
   *
   * @return the defaults
   */
  public static PeakOptions defaults() {
    return new PeakOptions(OptionalInt.empty(), 3);
  }

  /**
   * With a given threshold.
   *
   * @param counts pixels with more counts are strong, 0 or more
   * @return new options
   * @throws IllegalArgumentException if it is below 0
   */
  public PeakOptions countThreshold(int counts) {
    return new PeakOptions(OptionalInt.of(counts), outlierCutoff);
  }

  /**
   * With a threshold found from the images.
   *
   * @return new options
   */
  public PeakOptions findCountThreshold() {
    return new PeakOptions(OptionalInt.empty(), outlierCutoff);
  }

  /**
   * With another cutoff for outliers of the fit.
   *
   * @param sigmas standard deviations, above 0
   * @return new options
   * @throws IllegalArgumentException if it is not above 0
   */
  public PeakOptions outlierCutoff(double sigmas) {
    return new PeakOptions(countThreshold, sigmas);
  }

  @Override
  public String toString() {
    return "PeakOptions[count threshold "
        + (countThreshold.isPresent() ? countThreshold.getAsInt() : "from the images")
        + ", outliers beyond "
        + outlierCutoff
        + " σ]";
  }
}
