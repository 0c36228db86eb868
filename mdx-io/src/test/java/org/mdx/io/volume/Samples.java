package org.mdx.io.volume;

import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Small maps and tables whose values follow from their indices, so that any program can check. */
final class Samples {
  static final UnitCell CELL = new UnitCell(31.5, 42.25, 53.125, 83, 97.5, 104);
  static final CrystalSymmetry TRICLINIC = CrystalSymmetry.of(CELL, SpaceGroup.ofNumber(1));

  private Samples() {}

  /** 100 H + 10 K + L + 1/4; NaN where H + 2 K + 3 L is a multiple of 7. */
  static float value(int h, int k, int l) {
    return (h + 2 * k + 3 * l) % 7 == 0 ? Float.NaN : 100 * h + 10 * k + l + 0.25f;
  }

  static ReciprocalMap map(Subdivision ndiv, VoxelBox b) {
    float[] v = new float[(int) b.voxels()];
    for (int i = 0; i < b.nh(); i++) {
      for (int j = 0; j < b.nk(); j++) {
        for (int m = 0; m < b.nl(); m++) {
          int h = b.h0() + i;
          int k = b.k0() + j;
          int l = b.l0() + m;
          v[(int) b.index(h, k, l)] = value(h, k, l);
        }
      }
    }
    return ReciprocalMap.of("intensity", ndiv, b, v);
  }

  /** 7 × 5 × 9 voxels, not symmetric about the origin, all subdivisions different. */
  static MapFile map() {
    return new MapFile(map(new Subdivision(3, 2, 5), new VoxelBox(-4, -2, -1, 7, 5, 9)), TRICLINIC);
  }

  /** Merged rows in falling order; the error is 1/8 of the number of the row. */
  static TableFile table(CrystalSymmetry symmetry, Subdivision ndiv, int rows) {
    int[] h = new int[rows];
    int[] k = new int[rows];
    int[] l = new int[rows];
    float[] intensity = new float[rows];
    float[] error = new float[rows];
    double[] extra = new double[rows];
    int[] count = new int[rows];
    for (int i = 0; i < rows; i++) {
      int n = rows - 1 - i;
      h[i] = n / 20 - 3;
      k[i] = n / 5 % 4 - 1;
      l[i] = n % 5;
      intensity[i] = value(h[i], k[i], l[i]);
      error[i] = i / 8f;
      extra[i] = i / 3.0;
      count[i] = i;
    }
    HKLTable t =
        HKLTable.of(ndiv, IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
            .with("count", IntColumn.of(count))
            .with("group_0_intensity", FloatColumn.of(error))
            .with("group_0_intensity_error", FloatColumn.of(error))
            .with("group_0_count", IntColumn.of(count))
            .with("phi", DoubleColumn.of(extra))
            .with("intensity", FloatColumn.of(intensity))
            .with("intensity_error", FloatColumn.of(error));
    return new TableFile(t, symmetry);
  }
}
