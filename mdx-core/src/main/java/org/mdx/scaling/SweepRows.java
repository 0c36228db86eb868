package org.mdx.scaling;

import org.mdx.geometry.Conventions;
import org.mdx.internal.kernel.VoxelKeys;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;

/** The rows of one sweep, gathered by voxel, on their way into blocks. */
final class SweepRows {

  private final HKLTable table;
  private final HKLGroups groups;
  private final Column intensity;
  private final Column error;
  private final Column fixed;
  private final Column slope;
  private final Column panel;

  /**
   * Groups a table.
   *
   * @param table of one sweep
   * @param conventions whose; they say whether its errors count as they are, whatever other columns
   *     it has
   */
  SweepRows(HKLTable table, Conventions conventions) {
    this.table = table;
    boolean expected =
        !conventions.isMdx2()
            && table.has(ColumnNames.BACKGROUND_VARIANCE)
            && table.has(ColumnNames.VARIANCE_PER_INTENSITY);
    groups = table.groups();
    intensity = table.column(ColumnNames.INTENSITY);
    error = table.column(ColumnNames.INTENSITY_ERROR);
    fixed = expected ? table.column(ColumnNames.BACKGROUND_VARIANCE) : null;
    slope = expected ? table.column(ColumnNames.VARIANCE_PER_INTENSITY) : null;
    panel = table.has(ColumnNames.PANEL) ? table.column(ColumnNames.PANEL) : null;
  }

  private boolean isValid(int row) {
    double sigma = error.get(row);
    double w = 1 / (sigma * sigma);
    return sigma > 0
        && w > 0
        && w <= Double.MAX_VALUE
        && Math.abs(intensity.get(row)) <= Double.MAX_VALUE
        && (slope == null || hasVariance(row));
  }

  private boolean hasVariance(int row) {
    double v0 = fixed.get(row);
    double v1 = slope.get(row);
    return v0 >= 0 && v0 <= Float.MAX_VALUE && v1 > 0 && v1 <= Float.MAX_VALUE;
  }

  /** Which voxels the sweep has, and what else must be known before blocks can be made. */
  SweepVoxels voxels() {
    long[] key = new long[groups.count()];
    int[] valid = new int[key.length];
    for (int g = 0; g < key.length; g++) {
      key[g] = VoxelKeys.pack(groups.h(g), groups.k(g), groups.l(g));
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        valid[g] += isValid(groups.row(i)) ? 1 : 0;
      }
    }
    int panels = 1;
    for (int i = 0; panel != null && i < table.rows(); i++) {
      panels = Math.max(panels, (int) panel.get(i) + 1);
    }
    return new SweepVoxels(
        table.ndiv(),
        key,
        valid,
        table.rows(),
        panels,
        slope != null,
        new SweepVoxels.Ranges(
            range(ColumnNames.PHI),
            range(ColumnNames.S),
            range(ColumnNames.IX),
            range(ColumnNames.IY)));
  }

  private SweepVoxels.Range range(String name) {
    Column x = table.column(name);
    SweepVoxels.Range range = SweepVoxels.Range.EMPTY;
    for (int i = 0; i < x.size(); i++) {
      range = range.with((float) x.get(i));
    }
    return range;
  }

  /** Fills the part of a block that belongs to this sweep. */
  void fill(Block block, int sweep, SweepVoxels voxels, int firstGroup, int endGroup) {
    int at = block.start[sweep];
    int n = block.start[sweep + 1] - at;
    int[] rows = new int[n];
    int k = 0;
    for (int g = firstGroup; g < endGroup; g++) {
      int voxel = voxels.number[g];
      for (int i = groups.start(g); voxel >= 0 && i < groups.start(g + 1); i++) {
        int row = groups.row(i);
        if (isValid(row)) {
          block.voxel[at + k] = (char) (voxel - block.firstVoxel);
          rows[k++] = row;
        }
      }
    }
    for (int i = 0; block.panel != null && i < n; i++) {
      block.panel[at + i] = (char) (panel == null ? 0 : (int) panel.get(rows[i]));
    }
    take(intensity, rows, block.intensity, at);
    take(table.column(ColumnNames.PHI), rows, block.phi, at);
    take(table.column(ColumnNames.S), rows, block.s, at);
    take(table.column(ColumnNames.IX), rows, block.ix, at);
    take(table.column(ColumnNames.IY), rows, block.iy, at);
    if (block.slope == null) {
      take(error, rows, block.error, at);
    } else {
      take(fixed, rows, block.fixed, at);
      take(slope, rows, block.slope, at);
    }
  }

  private static void take(Column column, int[] rows, float[] out, int at) {
    if (column instanceof FloatColumn f) {
      for (int i = 0; i < rows.length; i++) {
        out[at + i] = f.value(rows[i]);
      }
    } else {
      for (int i = 0; i < rows.length; i++) {
        out[at + i] = (float) column.get(rows[i]);
      }
    }
  }
}
