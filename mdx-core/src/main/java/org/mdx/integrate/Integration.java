package org.mdx.integrate;

import org.mdx.table.HKLTable;

/**
 * Integrated counts and what went into them.
 *
 * @param table one row an observation, ordered by H, K, L and n: {@code phi} (degrees), {@code iy},
 *     {@code ix} (pixels; means over the pixels of the observation), {@code seconds} (exposures of
 *     the pixels added up), {@code counts}, {@code pixels}, {@code n}; {@code panel} where there is
 *     more than one
 * @param maskedPixels pixels that the Bragg mask leaves out, those included that did not count
 *     anyway
 * @param pixels pixels that were integrated
 * @param counts their counts
 */
public record Integration(HKLTable table, long maskedPixels, long pixels, long counts) {

  @Override
  public String toString() {
    return "Integration["
        + table.rows()
        + " observations of "
        + counts
        + " counts in "
        + pixels
        + " pixels, "
        + maskedPixels
        + " pixels masked]";
  }
}
