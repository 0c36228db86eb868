package org.mdx.io.mtz;

import java.util.LinkedHashSet;
import java.util.Set;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** A cell whose axes are ndiv times as long, and the symmetry of its intensities. */
final class SuperCell {
  private SuperCell() {}

  static UnitCell multiplied(UnitCell c, Subdivision n) {
    return new UnitCell(
        c.a() * n.h(), c.b() * n.k(), c.c() * n.l(), c.alpha(), c.beta(), c.gamma());
  }

  static UnitCell divided(UnitCell c, Subdivision n) {
    return new UnitCell(
        c.a() / n.h(), c.b() / n.k(), c.c() / n.l(), c.alpha(), c.beta(), c.gamma());
  }

  /**
   * The group of the same rotations without any translations, or P 1 if they mix indices that are
   * divided differently.
   */
  static SpaceGroup symmorphic(SpaceGroup group, Subdivision ndiv) {
    int[] n = {ndiv.h(), ndiv.k(), ndiv.l()};
    Set<String> rotations = new LinkedHashSet<>();
    for (SymmetryOperator op : group.operators()) {
      StringBuilder xyz = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        xyz.append(i == 0 ? "" : ",");
        for (int j = 0; j < 3; j++) {
          int r = op.rotation(i, j);
          if (r != 0 && n[i] != n[j]) {
            return SpaceGroup.ofNumber(1);
          }
          if (r != 0) {
            xyz.append(r > 0 ? "+" : "-").append("xyz".charAt(j));
          }
        }
      }
      rotations.add(xyz.toString());
    }
    return SpaceGroup.ofOperators(rotations.stream().map(SymmetryOperator::of).toList());
  }

  /**
   * The rows in the asymmetric unit that programs expect of a group. In settings that are not the
   * standard ones it depends on the centring, so that of the crystal's group and that of the group
   * without centring can differ.
   *
   * @param table rows of which all lie in the unit of {@code from}; others are left as they are
   * @param from the group whose unit the rows are in
   * @param to a group of the same rotations
   */
  static HKLTable moved(HKLTable table, SpaceGroup from, SpaceGroup to) {
    Subdivision n = table.ndiv();
    if (!from.laueGroup().carries(n.h(), n.k(), n.l())
        || !to.laueGroup().carries(n.h(), n.k(), n.l())
        || from.laueGroup().order() != to.laueGroup().order()) {
      return table;
    }
    ReciprocalAsu own = from.asu().subdivided(n.h(), n.k(), n.l());
    ReciprocalAsu wanted = to.asu().subdivided(n.h(), n.k(), n.l());
    int[] h = new int[table.rows()];
    int[] k = new int[table.rows()];
    int[] l = new int[table.rows()];
    for (int i = 0; i < h.length; i++) {
      h[i] = table.h().value(i);
      k[i] = table.k().value(i);
      l[i] = table.l().value(i);
      if (!own.contains(h[i], k[i], l[i])) {
        return table;
      }
      ReciprocalAsu.Mapped m = wanted.map(h[i], k[i], l[i]);
      h[i] = m.h();
      k[i] = m.k();
      l[i] = m.l();
    }
    return table.reindexed(IntColumn.of(h), IntColumn.of(k), IntColumn.of(l));
  }
}
