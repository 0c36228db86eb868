package org.mdx.io.export;

import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** The measured voxels of a map as a table. */
public final class MapRows {
  private MapRows() {}

  /**
   * The voxels that hold data.
   *
   * @param map the map
   * @return a row for each, in rising order of (H, K, L), with one column named as the map
   */
  public static HKLTable of(ReciprocalMap map) {
    VoxelBox b = map.box();
    int n = map.filled();
    int[] h = new int[n];
    int[] k = new int[n];
    int[] l = new int[n];
    float[] value = new float[n];
    float[] run = new float[b.nl()];
    int row = 0;
    for (int i = 0; i < b.nh(); i++) {
      for (int j = 0; j < b.nk(); j++) {
        map.copyInto((i * b.nk() + j) * b.nl(), run, 0, run.length);
        for (int m = 0; m < run.length; m++) {
          if (run[m] == run[m]) {
            h[row] = b.h0() + i;
            k[row] = b.k0() + j;
            l[row] = b.l0() + m;
            value[row++] = run[m];
          }
        }
      }
    }
    return HKLTable.of(map.ndiv(), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
        .with(map.name(), FloatColumn.of(value));
  }
}
