package org.mdx.io.mtz;

import java.util.LinkedHashSet;
import java.util.Set;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
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
}
