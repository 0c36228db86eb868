package org.mdx.bench.study;

import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Why χ² of observations exceeds one though their variances are right: an observation is the mean
 * over the part of a voxel that its frames and pixels have met, and intensities vary within voxels.
 */
final class VoxelSpread {
  /** χ² per observation of the differences from the merged value. */
  final double observed;

  /** The part of it that the same observations without noise have. */
  final double within;

  /**
   * Compares.
   *
   * @param tables observations on the true scale
   * @param merged of them
   * @param exactTables the same rows without noise
   * @param exact merged of those
   */
  VoxelSpread(List<HKLTable> tables, HKLTable merged, List<HKLTable> exactTables, HKLTable exact) {
    double sum = 0;
    double part = 0;
    long n = 0;
    for (int t = 0; t < tables.size(); t++) {
      HKLTable table = tables.get(t);
      HKLTable other = exactTables.get(t);
      if (!table.h().equals(other.h()) || !table.l().equals(other.l())) {
        throw new IllegalStateException("rows with noise are not those without");
      }
      int[] rows = table.rowsIn(merged);
      int[] exactRows = other.rowsIn(exact);
      Column v0 = table.column(ColumnNames.BACKGROUND_VARIANCE);
      Column v1 = table.column(ColumnNames.VARIANCE_PER_INTENSITY);
      for (int i = 0; i < rows.length; i++) {
        double e = exact.column(ColumnNames.INTENSITY).get(exactRows[i]);
        double variance = v0.get(i) + v1.get(i) * Math.max(0, e);
        double off =
            table.column(ColumnNames.INTENSITY).get(i)
                - merged.column(ColumnNames.INTENSITY).get(rows[i]);
        double shape = other.column(ColumnNames.INTENSITY).get(i) - e;
        if (variance > 0 && !Double.isNaN(off + shape)) {
          sum += off * off / variance;
          part += shape * shape / variance;
          n++;
        }
      }
    }
    observed = sum / n;
    within = part / n;
  }
}
