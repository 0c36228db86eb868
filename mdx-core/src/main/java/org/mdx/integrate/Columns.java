package org.mdx.integrate;

import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.VoxelGrid;

/** The columns of the integrated table while they are filled. */
final class Columns {
  private final VoxelGrid grid;
  private final int[] h;
  private final int[] k;
  private final int[] l;
  private final int[] panel;
  final int[] n;
  final int[] pixels;
  final int[] counts;
  final float[] seconds;
  final float[] phi;
  final float[] iy;
  final float[] ix;

  Columns(VoxelGrid grid, int rows) {
    this.grid = grid;
    h = new int[rows];
    k = new int[rows];
    l = new int[rows];
    panel = grid.panels() > 1 ? new int[rows] : null;
    n = new int[rows];
    pixels = new int[rows];
    counts = new int[rows];
    seconds = new float[rows];
    phi = new float[rows];
    iy = new float[rows];
    ix = new float[rows];
  }

  /** Sets the voxel of a row; scratch has room for four numbers. */
  void setKey(int row, long key, int[] scratch) {
    grid.decode(key, scratch);
    h[row] = scratch[0];
    k[row] = scratch[1];
    l[row] = scratch[2];
    if (panel != null) {
      panel[row] = scratch[3];
    }
  }

  HKLTable toTable() {
    HKLTable t =
        HKLTable.of(grid.ndiv(), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
            .with(ColumnNames.PHI, FloatColumn.of(phi))
            .with(ColumnNames.IY, FloatColumn.of(iy))
            .with(ColumnNames.IX, FloatColumn.of(ix))
            .with(ColumnNames.SECONDS, FloatColumn.of(seconds))
            .with(ColumnNames.COUNTS, IntColumn.of(counts))
            .with(ColumnNames.PIXELS, IntColumn.of(pixels))
            .with(ColumnNames.N, IntColumn.of(n));
    return panel == null ? t : t.with(ColumnNames.PANEL, IntColumn.of(panel));
  }
}
