package org.mdx.figures;

/** A panel whose places have colours. Immutable. */
public sealed interface Raster extends Panel permits Plane, Heat, Picture {

  /**
   * The part of the paper that is drawn.
   *
   * @return left, right, bottom and top in units of the paper
   */
  double[] bounds();

  /**
   * Whether a unit of the paper is as long upwards as to the right.
   *
   * @return false if the picture may be stretched
   */
  boolean hasEqualUnits();

  /**
   * The colour of a place of the paper.
   *
   * @param x to the right
   * @param y upwards
   * @return 0xRRGGBB
   */
  int rgb(double x, double y);

  /**
   * The bar of colours.
   *
   * @return the colours; null if they are no numbers
   */
  Colours colours();

  /**
   * The values of the first and last colour.
   *
   * @return null if the colours are no numbers
   */
  ColourScale scale();

  /**
   * The same with other colours.
   *
   * @param other the colours
   * @return another panel
   */
  Raster coloured(Colours other);
}
