package org.mdx.io.volume;

import java.util.Optional;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** The measured voxels of a map as a table. */
public final class MapRows {
  /** Mates of a map that was filled by symmetry differ by rounding alone. */
  private static final double SAME_VALUE = 1e-5;

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

  /**
   * The voxels that hold data, symmetry mates once: one row for each voxel of the asymmetric unit,
   * though just a mate of it lies within the map.
   *
   * @param map the map
   * @param group the space group
   * @return a row for each, in rising order of (H, K, L), with one column named as the map; empty
   *     if mates differ by more than 10⁻⁵ of the largest value, or the subdivision does not have
   *     the symmetry, so that one of them cannot stand for all
   */
  public static Optional<HKLTable> asymmetric(ReciprocalMap map, SpaceGroup group) {
    Subdivision n = map.ndiv();
    if (!group.laueGroup().carries(n.h(), n.k(), n.l())) {
      return Optional.empty();
    }
    HKLTable all = of(map);
    ReciprocalAsu asu = group.asu().subdivided(n.h(), n.k(), n.l());
    int[] h = new int[all.rows()];
    int[] k = new int[all.rows()];
    int[] l = new int[all.rows()];
    double largest = 0;
    Column values = all.column(map.name());
    for (int i = 0; i < h.length; i++) {
      ReciprocalAsu.Mapped m = asu.map(all.h().value(i), all.k().value(i), all.l().value(i));
      h[i] = m.h();
      k[i] = m.k();
      l[i] = m.l();
      largest = Math.max(largest, Math.abs(values.get(i)));
    }
    HKLTable mapped = all.reindexed(IntColumn.of(h), IntColumn.of(k), IntColumn.of(l));
    HKLGroups groups = mapped.groups();
    int[] rows = new int[groups.count()];
    for (int g = 0; g < rows.length; g++) {
      rows[g] = groups.row(groups.start(g));
      for (int j = 1; j < groups.size(g); j++) {
        double other = values.get(groups.row(groups.start(g) + j));
        if (!(Math.abs(other - values.get(rows[g])) <= SAME_VALUE * largest)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(mapped.select(rows).sorted());
  }
}
