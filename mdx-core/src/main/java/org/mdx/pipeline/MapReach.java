package org.mdx.pipeline;

import org.mdx.crystal.UnitCell;
import org.mdx.expand.MapOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/**
 * Limits of a map that holds all voxels of a table and their symmetry mates: −h to h and so on, the
 * box around the sphere |s| ≤ s of the farthest voxel.
 *
 * @param h largest h, in whole voxels
 * @param k largest k, in whole voxels
 * @param l largest l, in whole voxels
 */
public record MapReach(double h, double k, double l) {

  /** The longest array of values that a map can have. */
  private static final double MOST_VALUES = 2e9;

  /**
   * The reach of a table: |h| ≤ s·a.
   *
   * @param table merged intensities
   * @param cell of the crystal
   * @return the reach
   */
  public static MapReach of(HKLTable table, UnitCell cell) {
    double s = 0;
    for (double x : ShellStatistics.of(cell).lengths(table)) {
      s = Math.max(s, x);
    }
    Subdivision n = table.ndiv();
    return new MapReach(
        whole(s * cell.a(), n.h()), whole(s * cell.b(), n.k()), whole(s * cell.c(), n.l()));
  }

  /** The last voxel before a limit. */
  private static double whole(double limit, int ndiv) {
    return Math.floor(limit * ndiv + 1e-6) / ndiv;
  }

  /**
   * This reach, or all three limits reduced alike so that the map takes no more memory.
   *
   * @param bytes for the values of the map
   * @param ndiv voxels per unit of each index
   * @return the reach that can be afforded
   */
  public MapReach within(double bytes, Subdivision ndiv) {
    double voxels = (2 * h * ndiv.h() + 1) * (2 * k * ndiv.k() + 1) * (2 * l * ndiv.l() + 1);
    double most = Math.min(bytes / Float.BYTES, MOST_VALUES);
    double factor = Math.cbrt(Math.min(1, most / voxels));
    return factor < 1
        ? new MapReach(
            whole(h * factor, ndiv.h()), whole(k * factor, ndiv.k()), whole(l * factor, ndiv.l()))
        : this;
  }

  /**
   * The options of the plane l = 0 of such a map.
   *
   * @return column intensity from −h to h and −k to k
   */
  public MapOptions plane() {
    return MapOptions.defaults().limits(-h, h, -k, k, 0, 0);
  }

  /**
   * The options of such a map.
   *
   * @return column intensity from −h to h and so on
   */
  public MapOptions options() {
    return MapOptions.defaults().limits(-h, h, -k, k, -l, l);
  }
}
