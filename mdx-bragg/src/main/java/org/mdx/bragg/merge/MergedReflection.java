package org.mdx.bragg.merge;

/**
 * A unique reflection.
 *
 * @param h index in the asymmetric unit
 * @param k index
 * @param l index
 * @param mean all measurements
 * @param plus those of the reflection itself
 * @param minus those of its Friedel mate; none of a centric reflection
 * @param amplitude from the mean; NaN if the intensity is too negative for one
 * @param amplitudeSigma its standard deviation
 * @param free part of the free-R flags, from 0; 0 is the test set
 */
public record MergedReflection(
    int h,
    int k,
    int l,
    Intensity mean,
    Intensity plus,
    Intensity minus,
    double amplitude,
    double amplitudeSigma,
    int free) {

  /**
   * A merged intensity.
   *
   * @param value weighted mean; NaN of no measurements
   * @param sigma its standard deviation
   * @param count measurements
   */
  public record Intensity(double value, double sigma, int count) {}
}
