package org.mdx.merge;

import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** The columns of a merged table while they are filled: the whole, and two groups. */
final class MergedColumns {
  /** Voxels that one task merges. */
  static final int BLOCK = 1 << 12;

  private final float[][] intensity;
  private final float[][] error;
  private final int[][] count;

  /** Blocks of so many voxels. */
  static int blocks(int voxels) {
    return (int) ((voxels + BLOCK - 1L) / BLOCK);
  }

  /** Behind the last voxel of a block. */
  static int blockEnd(int block, int voxels) {
    return (int) Math.min((block + 1L) * BLOCK, voxels);
  }

  MergedColumns(int voxels, boolean split) {
    int sets = split ? 3 : 1;
    intensity = new float[sets][voxels];
    error = new float[sets][voxels];
    count = new int[sets][voxels];
  }

  /**
   * Stores a weighted mean.
   *
   * @param set 0 all observations, 1 group 0, 2 group 1
   * @param voxel which
   * @param n observations
   * @param sumW Σ w
   * @param sumWI Σ w I
   */
  void put(int set, int voxel, int n, double sumW, double sumWI) {
    intensity[set][voxel] = n == 0 ? Float.NaN : (float) (sumWI / sumW);
    error[set][voxel] = n == 0 ? Float.NaN : (float) (1 / Math.sqrt(sumW));
    count[set][voxel] = n;
  }

  HKLTable toTable(HKLGroups groups, Subdivision ndiv) {
    int[] h = new int[groups.count()];
    int[] k = new int[groups.count()];
    int[] l = new int[groups.count()];
    for (int g = 0; g < h.length; g++) {
      h[g] = groups.h(g);
      k[g] = groups.k(g);
      l[g] = groups.l(g);
    }
    HKLTable t = HKLTable.of(ndiv, IntColumn.adopt(h), IntColumn.adopt(k), IntColumn.adopt(l));
    String[] prefix = ColumnNames.prefixes();
    for (int set = 0; set < count.length; set++) {
      t =
          t.with(prefix[set] + ColumnNames.INTENSITY, FloatColumn.adopt(intensity[set]))
              .with(prefix[set] + ColumnNames.INTENSITY_ERROR, FloatColumn.adopt(error[set]))
              .with(prefix[set] + ColumnNames.COUNT, IntColumn.adopt(count[set]));
    }
    return t;
  }
}
