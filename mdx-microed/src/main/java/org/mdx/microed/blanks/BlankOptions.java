package org.mdx.microed.blanks;

/**
 * Options for deciding which frames are blank. Immutable: each method that takes a value returns a
 * new record.
 *
 * @param phiStep width of the bins in degrees, rounded up to whole images
 * @param countsFractionalLoss a bin with at most this fraction of the reflections of the best bin
 *     is blank; 0 to 1
 * @param misigmaFractionalLoss a bin with at most this fraction of the mean I/σ of the best bin is
 *     blank; 0 to 1
 * @param minReflections an experiment that keeps fewer reflections is dropped altogether
 */
public record BlankOptions(
    double phiStep, double countsFractionalLoss, double misigmaFractionalLoss, int minReflections) {

  public BlankOptions {
    if (!(phiStep > 0) || Double.isInfinite(phiStep)) {
      throw new IllegalArgumentException("a step of " + phiStep + "°, must be above 0");
    }
    requireFraction("countsFractionalLoss", countsFractionalLoss);
    requireFraction("misigmaFractionalLoss", misigmaFractionalLoss);
    if (minReflections < 0) {
      throw new IllegalArgumentException(
          "minReflections=" + minReflections + ", must be 0 or more");
    }
  }

  /**
   * Bins of 2°, a tenth of the best bin, any number of reflections.
   *
   * @return the defaults
   */
  public static BlankOptions defaults() {
    return new BlankOptions(2, 0.1, 0.1, 0);
  }

  private static void requireFraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + "=" + value + ", must be 0 to 1");
    }
  }

  /**
   * Sets the width of the bins.
   *
   * @param degrees above 0
   * @return new options
   * @throws IllegalArgumentException if it is not
   */
  public BlankOptions phiStep(double degrees) {
    return new BlankOptions(degrees, countsFractionalLoss, misigmaFractionalLoss, minReflections);
  }

  /**
   * Sets the limit for numbers of reflections, and of counts in peaks.
   *
   * @param fraction of the best bin, 0 to 1
   * @return new options
   * @throws IllegalArgumentException if it is outside
   */
  public BlankOptions countsFractionalLoss(double fraction) {
    return new BlankOptions(phiStep, fraction, misigmaFractionalLoss, minReflections);
  }

  /**
   * Sets the limit for the mean I/σ.
   *
   * @param fraction of the best bin, 0 to 1
   * @return new options
   * @throws IllegalArgumentException if it is outside
   */
  public BlankOptions misigmaFractionalLoss(double fraction) {
    return new BlankOptions(phiStep, countsFractionalLoss, fraction, minReflections);
  }

  /**
   * Drops experiments that keep few reflections.
   *
   * @param reflections 0 or more
   * @return new options
   * @throws IllegalArgumentException if it is negative
   */
  public BlankOptions minReflections(int reflections) {
    return new BlankOptions(phiStep, countsFractionalLoss, misigmaFractionalLoss, reflections);
  }

  /** Images in a bin, for images of a width in degrees. */
  int imagesPerBin(double width) {
    return width == 0 ? 1 : (int) Math.min(1_000_000, Math.max(1, Math.ceil(phiStep / width)));
  }
}
