package org.mdx.merge;

import java.util.Locale;
import java.util.Optional;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.OutlierShare;

/**
 * A merged table and what became of the rows.
 *
 * @param table one row for each voxel in rising order of (H, K, L): {@code intensity
 *     intensity_error count}, and {@code group_0_intensity group_0_intensity_error group_0_count}
 *     and the same of group 1 after a split; a voxel whose observations were all left out has count
 *     0, and NaN for its intensity and error
 * @param rows observations given
 * @param used observations that count
 * @param invalid observations left out because their intensity is not finite or their error not
 *     finite and above 0
 * @param outliers observations left out because they were too far from the merged value
 * @param errorModel where the variances came from
 */
public record Merged(
    HKLTable table, long rows, long used, long invalid, long outliers, ErrorModel errorModel) {

  /**
   * Mean number of observations of the voxels that have any.
   *
   * @return used observations per voxel, NaN if there is no voxel
   */
  public double redundancy() {
    int voxels = 0;
    for (int i = 0; i < table.rows(); i++) {
      if (table.column(ColumnNames.COUNT).get(i) > 0) {
        voxels++;
      }
    }
    return voxels == 0 ? Double.NaN : (double) used / voxels;
  }

  /**
   * What speaks against the errors or the voxels.
   *
   * @return a warning if more than a fifth of the valid observations are outliers
   */
  public Optional<String> doubt() {
    return OutlierShare.doubt(outliers, rows - invalid).map(doubt -> "merging: " + doubt);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Merged[%d voxels of %d observations: %d used, %d invalid, %d outliers, errors of %s counts]",
        table.rows(),
        rows,
        used,
        invalid,
        outliers,
        errorModel == ErrorModel.EXPECTED ? "expected" : "observed");
  }
}
