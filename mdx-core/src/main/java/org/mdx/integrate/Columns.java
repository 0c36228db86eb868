package org.mdx.integrate;

import java.util.List;
import org.mdx.image.PixelResponse;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.VoxelGrid;

/** The columns of the integrated table, or of a part of it, while they are filled. */
final class Columns implements ColumnSource {
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

  @Override
  public int[] ints(Ints which) {
    return switch (which) {
      case H -> h;
      case K -> k;
      case L -> l;
      case PANEL -> panel;
      case N -> n;
      case PIXELS -> pixels;
      case VALUES -> values;
    };
  }

  @Override
  public float[] floats(Floats which) {
    return switch (which) {
      case SECONDS -> seconds;
      case PHI -> phi;
      case IY -> iy;
      case IX -> ix;
    };
  }

  /**
   * The table, with counts that are whole numbers if they all are, and the variance that the read
   * noise has in them if there is any.
   *
   * @param from the columns
   * @param grid of their voxels
   * @param responses what the values of each panel mean
   */
  static HKLTable table(ColumnSource from, VoxelGrid grid, List<PixelResponse> responses) {
    HKLTable t =
        HKLTable.of(grid.ndiv(), column(from, Ints.H), column(from, Ints.K), column(from, Ints.L))
            .with(ColumnNames.PHI, column(from, Floats.PHI))
            .with(ColumnNames.IY, column(from, Floats.IY))
            .with(ColumnNames.IX, column(from, Floats.IX))
            .with(ColumnNames.SECONDS, column(from, Floats.SECONDS))
            .with(ColumnNames.COUNTS, counts(from, responses))
            .with(ColumnNames.PIXELS, column(from, Ints.PIXELS))
            .with(ColumnNames.N, column(from, Ints.N));
    if (responses.stream().anyMatch(r -> r.readNoise() > 0)) {
      t = t.with(ColumnNames.NOISE_VARIANCE, noise(from, responses));
    }
    return grid.panels() == 1 ? t : t.with(ColumnNames.PANEL, column(from, Ints.PANEL));
  }

  private static IntColumn column(ColumnSource from, Ints which) {
    return IntColumn.adopt(from.ints(which));
  }

  private static FloatColumn column(ColumnSource from, Floats which) {
    return FloatColumn.adopt(from.floats(which));
  }

  private static PixelResponse of(List<PixelResponse> responses, int[] panel, int row) {
    return responses.get(panel == null ? 0 : panel[row]);
  }

  private static Column counts(ColumnSource from, List<PixelResponse> responses) {
    int[] values = from.ints(Ints.VALUES);
    if (responses.stream().allMatch(PixelResponse::isCounter)) {
      return IntColumn.adopt(values);
    }
    int[] pixels = from.ints(Ints.PIXELS);
    int[] panel = from.ints(Ints.PANEL);
    float[] counts = new float[values.length];
    boolean whole = true;
    for (int i = 0; i < counts.length; i++) {
      double count = of(responses, panel, i).counts(values[i], pixels[i]);
      counts[i] = (float) count;
      whole &= count == (int) count;
    }
    if (!whole) {
      return FloatColumn.adopt(counts);
    }
    for (int i = 0; i < counts.length; i++) {
      values[i] = (int) of(responses, panel, i).counts(values[i], pixels[i]);
    }
    return IntColumn.adopt(values);
  }

  private static Column noise(ColumnSource from, List<PixelResponse> responses) {
    int[] pixels = from.ints(Ints.PIXELS);
    int[] panel = from.ints(Ints.PANEL);
    float[] noise = new float[pixels.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (pixels[i] * of(responses, panel, i).noiseVariance());
    }
    return FloatColumn.adopt(noise);
  }
}
