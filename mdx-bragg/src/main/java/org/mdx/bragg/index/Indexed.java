package org.mdx.bragg.index;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  /** Spots without an index that may be those of another lattice. */
  private static final int MANY = 100;

  /** Least share of all spots that they are. */
  private static final double LARGE = 0.15;

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

  /**
   * What to think of if many spots have no index.
   *
   * @return a sentence, if they are 100 or more and 15 % of all
   */
  public Optional<String> remainder() {
    int without = spots() - indexed();
    if (without < MANY || without < LARGE * spots()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d spots have no index. Another crystal or a twin may have made them: look for %d"
                + " lattices (--max-lattices). Ice and split spots leave such spots, too",
            without,
            lattices.size() + 1));
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
