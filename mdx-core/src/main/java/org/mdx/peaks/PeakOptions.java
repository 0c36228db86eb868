package org.mdx.peaks;

/**
 * How Bragg peaks are found.
 *
 * @param countThreshold pixels with more counts than this are strong; 0 or more
 * @param outlierCutoff strong pixels farther than this many standard deviations from the lattice
 *     points are left out of the fit
 */
public record PeakOptions(int countThreshold, double outlierCutoff) {

  public PeakOptions {
    if (countThreshold < 0) {
      throw new IllegalArgumentException(
          "count threshold " + countThreshold + ", must be 0 or more");
    }
    if (!(outlierCutoff > 0)) {
      throw new IllegalArgumentException("outlier cutoff " + outlierCutoff + ", must be above 0");
    }
  }

  /**
   * More than 20 counts, outliers beyond 3 standard deviations.
   *
   * @return the defaults
   */
  public static PeakOptions defaults() {
    return new PeakOptions(20, 3);
  }

  /**
   * With another threshold.
   *
   * @param counts pixels with more counts than this are strong
   * @return new options
   */
  public PeakOptions countThreshold(int counts) {
    return new PeakOptions(counts, outlierCutoff);
  }

  /**
   * With another cutoff of the fit.
   *
   * @param sigmas in standard deviations
   * @return new options
   */
  public PeakOptions outlierCutoff(double sigmas) {
    return new PeakOptions(countThreshold, sigmas);
  }
}
