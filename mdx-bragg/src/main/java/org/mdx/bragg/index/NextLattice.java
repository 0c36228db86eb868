package org.mdx.bragg.index;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.lattice.Assignment;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Misorientation;
import org.mdx.bragg.internal.lattice.Points;

/** Another lattice in the same images. */
final class NextLattice {
  /** Part of all spots that must be left for another lattice. */
  private static final double LEFT = 0.1;

  /** Smallest angle to a lattice found before, degrees: less is the spread of one crystal. */
  private static final double APART = 0.3;

  /** Part of the spots left that another lattice must explain. */
  private static final double SHARE = 0.2;

  private NextLattice() {}

  /** A lattice of the spots that the others leave, or null. */
  static LatticeModel of(
      List<LatticeModel> models, LatticeSearch search, KnownCell known, List<String> log) {
    Points p = models.get(0).points();
    boolean[] taken = new boolean[p.size()];
    for (LatticeModel m : models) {
      for (int i : m.assigned().which()) {
        taken[i] = true;
      }
    }
    int[] left = IntStream.range(0, p.size()).filter(i -> !taken[i]).toArray();
    if (left.length < Indexer.FEWEST || left.length < LEFT * p.size()) {
      return null;
    }
    log.add("another lattice of the " + left.length + " spots left:");
    LatticeModel m = search.findLike(p.select(left), models.get(0));
    if (m == null || !Indexer.convincing(m) || m.fraction() < SHARE) {
      return null;
    }
    for (LatticeModel other : models) {
      double angle = Misorientation.degrees(other.a(), m.a());
      if (angle < APART) {
        log.add(String.format(Locale.ROOT, "it is turned by %.2f° only, not another one", angle));
        return null;
      }
    }
    LatticeModel.Way way =
        new LatticeModel.Way(Assignment.TOLERANCE, known.laue(), LatticeFit.Free.NOTHING);
    return LatticeModel.of(p, m.a(), way).refined(way, 1, 1);
  }
}
