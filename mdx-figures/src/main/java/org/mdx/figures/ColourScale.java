package org.mdx.figures;

/**
 * The values of the first and the last colour.
 *
 * @param min value of the first colour, finite
 * @param max value of the last colour, finite, above min
 */
public record ColourScale(double min, double max) {

  public ColourScale {
    if (!(max > min && max - min <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "colours from " + min + " to " + max + ": the last must be above the first");
    }
  }

  /**
   * Where a value lies.
   *
   * @param value any number
   * @return 0 at min, 1 at max, outside of that beyond them; NaN for NaN
   */
  public double fraction(double value) {
    return (value - min) / (max - min);
  }
}
