package org.mdx.bragg.index;

import java.util.List;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * Lattices found and the reflections with their indices.
 *
 * @param lattices at least one, the first found first
 * @param reflections all spots of all sweeps, one sweep after the other in their order. {@code id}
 *     is lattice × number of sweeps + sweep, or −1 where a spot has no index; {@code imageset_id}
 *     the sweep. Further columns: {@code miller_index}, {@code rlp}, {@code s1}, {@code entering},
 *     {@code xyzobs.mm}, {@code xyzcal.px}, {@code xyzcal.mm}, {@code flags}
 * @param log what was tried and found, a line each
 */
public record Indexed(List<Lattice> lattices, Reflections reflections, List<String> log) {
  public Indexed {
    lattices = List.copyOf(lattices);
    log = List.copyOf(log);
  }

  /**
   * One lattice.
   *
   * @param crystal cell, orientation and space group
   * @param geometries geometry of each sweep with this crystal
   * @param indexed number of spots that have an index of this lattice
   * @param rmsdX root mean square residual along fast, px
   * @param rmsdY along slow, px
   * @param rmsdFrames along the rotation, frames
   * @param logOdds logarithm of the likelihood over that of spots which lie anywhere
   */
  public record Lattice(
      Crystal crystal,
      List<Geometry> geometries,
      int indexed,
      double rmsdX,
      double rmsdY,
      double rmsdFrames,
      double logOdds) {
    public Lattice {
      geometries = List.copyOf(geometries);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s %s, %d spots, rmsd %.2f %.2f px %.2f frames",
          crystal.cell(),
          crystal.spaceGroup(),
          indexed,
          rmsdX,
          rmsdY,
          rmsdFrames);
    }
  }

  /**
   * Number of spots.
   *
   * @return all of them
   */
  public int spots() {
    return reflections.size();
  }

  /**
   * Number of spots with an index.
   *
   * @return of any lattice
   */
  public int indexed() {
    return lattices.stream().mapToInt(Lattice::indexed).sum();
  }

  /** Number of spots, part that is indexed, and the lattices. */
  @Override
  public String toString() {
    StringBuilder b = new StringBuilder();
    b.append(
        String.format(
            Locale.ROOT,
            "%d of %d spots indexed (%.0f %%)",
            indexed(),
            spots(),
            100.0 * indexed() / Math.max(1, spots())));
    lattices.forEach(l -> b.append("; ").append(l));
    return b.toString();
  }
}
