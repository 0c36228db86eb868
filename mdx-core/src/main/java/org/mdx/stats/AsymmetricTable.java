package org.mdx.stats;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** Checks that a table has each voxel of an asymmetric unit once at the most. */
final class AsymmetricTable {
  private static final int BLOCK = 1 << 15;

  private AsymmetricTable() {}

  /** Why not; nothing if it has. */
  static Optional<String> obstacle(HKLTable table, SpaceGroup group, Parallel parallel) {
    Subdivision n = table.ndiv();
    if (!group.laueGroup().carries(n.h(), n.k(), n.l())) {
      return Optional.of(
          "subdivision "
              + n
              + " does not fit Laue group "
              + group.laueGroup().symbol()
              + ", whose operators exchange indices that are divided differently");
    }
    int row = firstOutside(table, group.asu().subdivided(n.h(), n.k(), n.l()), parallel);
    if (row < table.rows()) {
      return Optional.of(
          name(table, row)
              + " lies outside of the asymmetric unit of "
              + group
              + "; merge tables that were mapped with this symmetry");
    }
    row = firstUnsorted(table);
    if (row < table.rows() && table.groups().count() < table.rows()) {
      return Optional.of(
          table.rows()
              + " rows share "
              + table.groups().count()
              + " voxels; give a merged table, with one row for each voxel");
    }
    return Optional.empty();
  }

  private static int firstOutside(HKLTable table, ReciprocalAsu asu, Parallel parallel) {
    AtomicInteger first = new AtomicInteger(table.rows());
    parallel.forEach(
        (int) ((table.rows() + BLOCK - 1L) / BLOCK),
        n -> {
          int end = (int) Math.min((n + 1L) * BLOCK, table.rows());
          for (int i = n * BLOCK; i < end && i < first.get(); i++) {
            if (!asu.contains(table.h().value(i), table.k().value(i), table.l().value(i))) {
              first.accumulateAndGet(i, Math::min);
            }
          }
        });
    return first.get();
  }

  /** The first row that does not come after the one before; the number of rows if none. */
  private static int firstUnsorted(HKLTable t) {
    for (int i = 1; i < t.rows(); i++) {
      int c = Integer.compare(t.h().value(i - 1), t.h().value(i));
      c = c == 0 ? Integer.compare(t.k().value(i - 1), t.k().value(i)) : c;
      c = c == 0 ? Integer.compare(t.l().value(i - 1), t.l().value(i)) : c;
      if (c >= 0) {
        return i;
      }
    }
    return t.rows();
  }

  private static String name(HKLTable t, int row) {
    return "row "
        + row
        + " (H,K,L = "
        + t.h().value(row)
        + ","
        + t.k().value(row)
        + ","
        + t.l().value(row)
        + ")";
  }
}
