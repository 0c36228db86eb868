package org.mdx.figures;

/** What kind of number colours show, which decides the colours and their range. */
public enum Quantity {
  /** An amount: sequential from 0 to the 98th percentile. */
  INTENSITY(ColourMap.VIRIDIS, ColourRange.fromZero(98)),

  /** A number of either sign, such as a difference: diverging about 0. */
  SIGNED(ColourMap.BLUE_WHITE_RED, ColourRange.symmetric(98)),

  /** A factor: diverging about 1. */
  FACTOR(ColourMap.BLUE_WHITE_RED, ColourRange.around(1, 98)),

  /** How many: sequential from 0 to the largest. */
  COUNT(ColourMap.VIRIDIS, ColourRange.fromZero(100));

  /** An amount may be below 0 by its noise; lower than this part of the highest it has a sign. */
  private static final double SIGN = 0.25;

  private final ColourMap colours;
  private final ColourRange range;

  Quantity(ColourMap colours, ColourRange range) {
    this.colours = colours;
    this.range = range;
  }

  /**
   * Its colours.
   *
   * @return a sequential or a diverging map
   */
  public ColourMap colours() {
    return colours;
  }

  /**
   * Its range.
   *
   * @return the rule for the values of the first and last colour
   */
  public ColourRange range() {
    return range;
  }

  /**
   * The kind of values whose kind is not known, such as those of a map of another program.
   *
   * @param values what is not finite is ignored
   * @return {@link #SIGNED} if the ½th percentile is below 0 by more than a quarter of the 99½th,
   *     otherwise {@link #INTENSITY}
   */
  public static Quantity guess(float[] values) {
    ColourScale spread = ColourRange.percentiles(0.5, 99.5).scale(values);
    return spread.min() < 0 && -spread.min() > SIGN * spread.max() ? SIGNED : INTENSITY;
  }
}
