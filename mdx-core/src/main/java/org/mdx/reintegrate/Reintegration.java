package org.mdx.reintegrate;

import java.util.Locale;
import org.mdx.table.HKLTable;

/**
 * A fine map as a table, and what went into it.
 *
 * @param table one row for each voxel with at least one pixel, in rising order of (H, K, L) of the
 *     asymmetric unit: {@code intensity intensity_error count} (number of observations), {@code
 *     counts pixels scale background_counts multiplicity}; after a split also {@code
 *     group_0_intensity group_0_intensity_error group_0_count} and the same of group 1, NaN where a
 *     group has no observation
 * @param pixels pixels in the table
 * @param counts their counts
 * @param observations observations in the table
 * @param outliers observations that were left out
 * @param unscaled pixels that were left out because their scale is 0 or less
 * @param passes passes over the images of all sweeps
 */
public record Reintegration(
    HKLTable table,
    long pixels,
    long counts,
    long observations,
    long outliers,
    long unscaled,
    int passes) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Reintegration[%d voxels of %d counts in %d pixels, %d observations, %d outliers,%s %d %s]",
        table.rows(),
        counts,
        pixels,
        observations,
        outliers,
        unscaled == 0 ? "" : " " + unscaled + " pixels left out where the scale is 0 or less,",
        passes,
        passes == 1 ? "pass" : "passes");
  }
}
