package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.lattice.Symmetrised;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Other axes for crystals and indices. */
final class Reindexer {
  private Reindexer() {}

  /** A geometry whose crystal has other axes and exactly the symmetry of a group. */
  static Geometry geometry(Geometry g, ChangeOfBasis change, SpaceGroup group) {
    Crystal turned = g.crystal().orElseThrow().reindexed(change, SpaceGroup.ofNumber(1));
    Crystal exact =
        Crystal.ofRealSpaceAxes(Symmetrised.of(turned.a(), group.laueGroup()).inverse(), group);
    if (!turned.scanPoints().isEmpty()) {
      exact =
          exact.withScanPoints(
              turned.scanPoints().stream().map(a -> Symmetrised.of(a, group.laueGroup())).toList());
    }
    return g.withCrystal(exact);
  }

  static List<Geometry> geometries(
      List<Geometry> all, List<ChangeOfBasis> changes, SpaceGroup group) {
    List<Geometry> out = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      out.add(geometry(all.get(i), changes.get(i), group));
    }
    return out;
  }

  /** Indices by the change of each id; those of unindexed rows stay. */
  static Reflections reflections(Reflections all, List<ChangeOfBasis> changes) {
    int[] id = all.get(ReflectionKeys.ID);
    int[] h = all.get(ReflectionKeys.MILLER_INDEX);
    List<int[]> matrices = changes.stream().map(c -> c.indexMatrix(1, 1, 1)).toList();
    int[] out = h.clone();
    for (int i = 0; i < id.length; i++) {
      if (id[i] < 0 || id[i] >= matrices.size()) {
        continue;
      }
      int[] m = matrices.get(id[i]);
      for (int j = 0; j < 3; j++) {
        long sum = (long) h[3 * i] * m[j];
        sum += (long) h[3 * i + 1] * m[3 + j] + (long) h[3 * i + 2] * m[6 + j];
        if (sum % m[9] != 0) {
          throw new IllegalArgumentException(
              String.format(
                  "reflection %d, %d %d %d, has no integral indices in the axes %s; it is absent by"
                      + " the centring of its own space group",
                  i, h[3 * i], h[3 * i + 1], h[3 * i + 2], changes.get(id[i])));
        }
        out[3 * i + j] = (int) (sum / m[9]);
      }
    }
    return all.with(ReflectionKeys.MILLER_INDEX, out);
  }
}
