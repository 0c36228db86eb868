package org.mdx.bragg;

import java.util.List;
import org.mdx.bragg.index.Indexed;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Describes what was indexed by other axes of the same lattice. */
final class AxesChange {
  private AxesChange() {}

  /**
   * The first lattice in other axes.
   *
   * @param found as it was indexed
   * @param change x' = P·x, h' = h·P⁻¹
   * @param geometries of the sweeps with the crystal in the new axes
   */
  static Indexed apply(Indexed found, ChangeOfBasis change, List<Geometry> geometries) {
    Indexed.Lattice l = found.lattices().get(0);
    Crystal crystal = geometries.get(0).crystal().orElseThrow();
    Indexed.Lattice lattice =
        new Indexed.Lattice(
            crystal, geometries, l.indexed(), l.rmsdX(), l.rmsdY(), l.rmsdFrames(), l.logOdds());
    return new Indexed(
        List.of(lattice), reindexed(found.reflections(), change), found.log(), found.moved());
  }

  /** The first lattice in other axes that keep the metric. */
  static Indexed apply(Indexed found, ChangeOfBasis change) {
    Indexed.Lattice l = found.lattices().get(0);
    Crystal turned = l.crystal().reindexed(change, l.crystal().spaceGroup());
    return apply(found, change, l.geometries().stream().map(g -> g.withCrystal(turned)).toList());
  }

  private static Reflections reindexed(Reflections r, ChangeOfBasis change) {
    int[] h = r.get(ReflectionKeys.MILLER_INDEX);
    ChangeOfBasis back = change.inverse();
    int[] out = new int[h.length];
    for (int i = 0; i < h.length; i += 3) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += h[i + k] * back.element(k, j);
        }
        out[i + j] = (int) Math.rint(sum);
      }
    }
    return r.with(ReflectionKeys.MILLER_INDEX, out);
  }
}
