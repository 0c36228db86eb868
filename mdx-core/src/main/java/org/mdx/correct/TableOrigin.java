package org.mdx.correct;

import java.util.Locale;
import org.mdx.geometry.Geometry;
import org.mdx.math.Vec3;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Whether integrated counts are those of a sweep: its geometry must see the Miller index of a row
 * at the mean position of the row.
 */
final class TableOrigin {
  private static final int MOST_ROWS = 2000;
  private static final int FEW = 20;

  /**
   * Part of an index by which a crystal that was refined again may have moved, beyond the half of a
   * voxel in which the pixels of a row lie. Another orientation moves most rows by whole indices.
   */
  private static final double MOVED = 0.25;

  private TableOrigin() {}

  /**
   * Refuses the table of another sweep, or one that was indexed in another way.
   *
   * @param table with columns {@code phi iy ix}, and {@code panel} if the detector has several
   * @param geometry with a crystal
   * @throws IllegalArgumentException if the geometry sees most rows elsewhere
   */
  static void requireSeenBy(HKLTable table, Geometry geometry) {
    Column phi = table.column(ColumnNames.PHI);
    Column iy = table.column(ColumnNames.IY);
    Column ix = table.column(ColumnNames.IX);
    Column panel = table.has(ColumnNames.PANEL) ? table.column(ColumnNames.PANEL) : null;
    int panels = geometry.detector().panels().size();
    int step = Math.max(1, table.rows() / MOST_ROWS);
    int looked = 0;
    int elsewhere = 0;
    String example = "";
    for (int i = 0; i < table.rows(); i += step) {
      int p = panel == null ? 0 : (int) panel.get(i);
      if (p < 0 || p >= panels) {
        return; // rows beyond the panels are refused with their place
      }
      Vec3 seen = geometry.millerIndex(p, phi.get(i), ix.get(i) + 0.5, iy.get(i) + 0.5);
      double h = table.h().get(i) / table.ndiv().h();
      double k = table.k().get(i) / table.ndiv().k();
      double l = table.l().get(i) / table.ndiv().l();
      looked++;
      if (far(seen.x(), h, table.ndiv().h())
          || far(seen.y(), k, table.ndiv().k())
          || far(seen.z(), l, table.ndiv().l())) {
        elsewhere++;
        example =
            String.format(
                Locale.ROOT,
                "row %d is %.2f %.2f %.2f, the geometry has %.2f %.2f %.2f there",
                i,
                h,
                k,
                l,
                seen.x(),
                seen.y(),
                seen.z());
      }
    }
    if (looked >= FEW && elsewhere > looked / 2) {
      throw new IllegalArgumentException(
          elsewhere
              + " of "
              + looked
              + " observations do not lie where the geometry has their Miller index ("
              + example
              + "): table and geometry belong to different sweeps, or the crystal was indexed"
              + " again; give the geometry that the table was integrated with");
    }
  }

  private static boolean far(double seen, double index, double ndiv) {
    return !(Math.abs(seen - index) <= 0.5 / ndiv + MOVED);
  }
}
