package org.mdx.view.internal.map;

import java.util.Optional;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.map.VoxelBox;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Voxels of a merged table and their equivalents, each looked up in the asymmetric unit. */
final class TableVoxels implements VoxelSource {
  private final HKLTable table;
  private final ReciprocalAsu asu;
  private final HKLGroups voxels;
  private final VoxelBox box;

  private TableVoxels(HKLTable table, ReciprocalAsu asu, HKLGroups voxels, VoxelBox box) {
    this.table = table;
    this.asu = asu;
    this.voxels = voxels;
    this.box = box;
  }

  static TableVoxels of(HKLTable table, Optional<SpaceGroup> group) {
    if (table.rows() == 0) {
      throw new IllegalArgumentException("the table has no rows; there is nothing to view");
    }
    Subdivision n = table.ndiv();
    ReciprocalAsu asu =
        group
            .filter(g -> g.laueGroup().carries(n.h(), n.k(), n.l()))
            .map(g -> g.asu().subdivided(n.h(), n.k(), n.l()))
            .orElse(null);
    int[] h = new int[table.rows()];
    int[] k = new int[table.rows()];
    int[] l = new int[table.rows()];
    for (int i = 0; i < h.length; i++) {
      h[i] = table.h().value(i);
      k[i] = table.k().value(i);
      l[i] = table.l().value(i);
      if (asu != null) {
        ReciprocalAsu.Mapped m = asu.map(h[i], k[i], l[i]);
        h[i] = m.h();
        k[i] = m.k();
        l[i] = m.l();
      }
    }
    HKLGroups voxels = HKLTable.of(n, IntColumn.of(h), IntColumn.of(k), IntColumn.of(l)).groups();
    requireMerged(voxels);
    return new TableVoxels(table, asu, voxels, box(table, group.filter(g -> asu != null)));
  }

  private static void requireMerged(HKLGroups voxels) {
    if (voxels.largest() > 1) {
      throw new IllegalArgumentException(
          "the table has "
              + voxels.rows()
              + " rows for "
              + voxels.count()
              + " voxels that are not equivalent; merge it (mdx merge) before viewing it");
    }
  }

  /** The box around all rows and their equivalents. */
  private static VoxelBox box(HKLTable table, Optional<SpaceGroup> group) {
    int[][] operators = operators(table.ndiv(), group);
    int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] high = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
    for (int i = 0; i < table.rows(); i++) {
      int h = table.h().value(i);
      int k = table.k().value(i);
      int l = table.l().value(i);
      for (int[] r : operators) {
        for (int j = 0; j < 3; j++) {
          int v = h * r[j] + k * r[3 + j] + l * r[6 + j];
          low[j] = Math.min(low[j], v);
          high[j] = Math.max(high[j], v);
        }
      }
    }
    return new VoxelBox(
        low[0], low[1], low[2], high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1);
  }

  /** Rotations on subdivided indices. */
  private static int[][] operators(Subdivision n, Optional<SpaceGroup> group) {
    if (group.isEmpty()) {
      return new int[][] {{1, 0, 0, 0, 1, 0, 0, 0, 1}};
    }
    LaueGroup laue = group.get().laueGroup();
    int[] ndiv = {n.h(), n.k(), n.l()};
    int[][] operators = new int[laue.order()][];
    for (int o = 0; o < operators.length; o++) {
      int[] r = laue.operator(o).clone();
      for (int i = 0; i < 9; i++) {
        r[i] = r[i] * ndiv[i % 3] / ndiv[i / 3];
      }
      operators[o] = r;
    }
    return operators;
  }

  @Override
  public Subdivision ndiv() {
    return table.ndiv();
  }

  @Override
  public VoxelBox box() {
    return box;
  }

  @Override
  public int rows() {
    return table.rows();
  }

  @Override
  public int row(int h, int k, int l) {
    int group;
    if (asu == null) {
      group = voxels.find(h, k, l);
    } else {
      ReciprocalAsu.Mapped m = asu.map(h, k, l);
      group = voxels.find(m.h(), m.k(), m.l());
    }
    return group < 0 ? -1 : voxels.row(voxels.start(group));
  }

  @Override
  public void index(int row, int[] hkl) {
    hkl[0] = table.h().value(row);
    hkl[1] = table.k().value(row);
    hkl[2] = table.l().value(row);
  }

  @Override
  public boolean isSymmetric() {
    return asu != null;
  }
}
