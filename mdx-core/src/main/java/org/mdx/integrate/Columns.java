package org.mdx.integrate;

import java.util.List;
import org.mdx.image.PixelResponse;
import org.mdx.table.Column;
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

  /** Sums of the values of pixels. */
  final int[] values;

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
    values = new int[rows];
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

  /**
   * The table, with counts that are whole numbers if they all are, and the variance that the read
   * noise has in them if there is any.
   *
   * @param responses what the values of each panel mean
   */
  HKLTable toTable(List<PixelResponse> responses) {
    HKLTable t =
        HKLTable.of(grid.ndiv(), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
            .with(ColumnNames.PHI, FloatColumn.of(phi))
            .with(ColumnNames.IY, FloatColumn.of(iy))
            .with(ColumnNames.IX, FloatColumn.of(ix))
            .with(ColumnNames.SECONDS, FloatColumn.of(seconds))
            .with(ColumnNames.COUNTS, counts(responses))
            .with(ColumnNames.PIXELS, IntColumn.of(pixels))
            .with(ColumnNames.N, IntColumn.of(n));
    if (responses.stream().anyMatch(r -> r.readNoise() > 0)) {
      t = t.with(ColumnNames.NOISE_VARIANCE, noise(responses));
    }
    return panel == null ? t : t.with(ColumnNames.PANEL, IntColumn.of(panel));
  }

  private PixelResponse of(List<PixelResponse> responses, int row) {
    return responses.get(panel == null ? 0 : panel[row]);
  }

  private Column counts(List<PixelResponse> responses) {
    if (responses.stream().allMatch(PixelResponse::isCounter)) {
      return IntColumn.of(values);
    }
    float[] counts = new float[values.length];
    boolean whole = true;
    for (int i = 0; i < counts.length; i++) {
      double count = of(responses, i).counts(values[i], pixels[i]);
      counts[i] = (float) count;
      whole &= count == (int) count;
    }
    if (!whole) {
      return FloatColumn.of(counts);
    }
    for (int i = 0; i < counts.length; i++) {
      values[i] = (int) of(responses, i).counts(values[i], pixels[i]);
    }
    return IntColumn.of(values);
  }

  private Column noise(List<PixelResponse> responses) {
    float[] noise = new float[pixels.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (pixels[i] * of(responses, i).noiseVariance());
    }
    return FloatColumn.of(noise);
  }
}
