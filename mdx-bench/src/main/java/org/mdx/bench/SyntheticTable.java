package org.mdx.bench;

import java.util.Random;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** The indices of a cube about the origin in rising order, and observations made of them. */
final class SyntheticTable {
  private static final long SEED = 20261121;
  private static final Subdivision NDIV = new Subdivision(3, 3, 3);

  final int[] h;
  final int[] k;
  final int[] l;

  /**
   * All indices from −edge/2 to edge/2.
   *
   * @param edge odd
   */
  SyntheticTable(int edge) {
    int rows = edge * edge * edge;
    int half = edge / 2;
    h = new int[rows];
    k = new int[rows];
    l = new int[rows];
    for (int i = 0; i < rows; i++) {
      h[i] = i / edge / edge - half;
      k[i] = i / edge % edge - half;
      l[i] = i % edge - half;
    }
  }

  /** The asymmetric unit of Laue group m-3, three voxels an index. */
  static ReciprocalAsu asu() {
    return SpaceGroup.ofNumber(199).asu().subdivided(NDIV.h(), NDIV.k(), NDIV.l());
  }

  /** The indices carried into the asymmetric unit, with an intensity and its error in each row. */
  HKLTable observations() {
    ReciprocalAsu asu = asu();
    int rows = h.length;
    int[][] hkl = new int[3][rows];
    float[] intensity = new float[rows];
    float[] error = new float[rows];
    Random random = new Random(SEED);
    for (int i = 0; i < rows; i++) {
      ReciprocalAsu.Mapped m = asu.map(h[i], k[i], l[i]);
      hkl[0][i] = m.h();
      hkl[1][i] = m.k();
      hkl[2][i] = m.l();
      error[i] = 1 + random.nextFloat();
      intensity[i] = (float) (100 + error[i] * random.nextGaussian());
    }
    return HKLTable.of(NDIV, IntColumn.of(hkl[0]), IntColumn.of(hkl[1]), IntColumn.of(hkl[2]))
        .with(ColumnNames.INTENSITY, FloatColumn.of(intensity))
        .with(ColumnNames.INTENSITY_ERROR, FloatColumn.of(error));
  }
}
