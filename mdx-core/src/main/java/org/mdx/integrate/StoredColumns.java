package org.mdx.integrate;

import java.util.Arrays;
import org.mdx.table.VoxelGrid;

/** Columns in a scratch, range of voxels after range, of which one is in memory at a time. */
final class StoredColumns implements ColumnSource {
  private static final int COLUMNS = Ints.values().length + Floats.values().length;

  private final SpillFile file;
  private final VoxelGrid grid;
  private final long[] at;
  private final int[] rows;

  /** Columns of so many ranges. */
  StoredColumns(SpillFile file, VoxelGrid grid, int ranges) {
    this.file = file;
    this.grid = grid;
    at = new long[ranges];
    rows = new int[ranges];
  }

  /** Stores the finished observations of a range, which are gone from memory then. */
  void put(int range, ObservationList list) {
    int n = list.size();
    Columns part = new Columns(grid, n);
    list.copyInto(part, 0);
    rows[range] = n;
    at[range] = file.reserve((long) COLUMNS * n * Integer.BYTES);
    long place = at[range];
    for (Ints which : Ints.values()) {
      int[] values = part.ints(which);
      place = values == null ? skip(place, n) : file.put(place, values, n);
    }
    for (Floats which : Floats.values()) {
      place = file.put(place, part.floats(which), n);
    }
  }

  private static long skip(long place, int n) {
    return place + (long) n * Integer.BYTES;
  }

  private int rows() {
    return Arrays.stream(rows).reduce(0, Math::addExact);
  }

  private long place(int column, int range) {
    return at[range] + (long) column * rows[range] * Integer.BYTES;
  }

  @Override
  public int[] ints(Ints which) {
    if (which == Ints.PANEL && grid.panels() == 1) {
      return null;
    }
    int[] out = new int[rows()];
    for (int r = 0, first = 0; r < rows.length; first += rows[r++]) {
      file.get(place(which.ordinal(), r), out, first, rows[r]);
    }
    return out;
  }

  @Override
  public float[] floats(Floats which) {
    float[] out = new float[rows()];
    for (int r = 0, first = 0; r < rows.length; first += rows[r++]) {
      file.get(place(Ints.values().length + which.ordinal(), r), out, first, rows[r]);
    }
    return out;
  }
}
