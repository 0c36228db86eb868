package org.mdx.bragg.index;

import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Placed;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;

/**
 * Whether the detector is nearer or farther than the header says. Another distance bends the planes
 * of the lattice, the more the larger 2θ is, so X-rays tell it, and electrons, whose Ewald sphere
 * is flat, do not. A fit comes to the true distance from about a tenth away; farther ones are tried
 * from starts between.
 */
final class DistanceSearch {
  /** Distances from which a fit starts, over that of the header. */
  private static final double[] STARTS = {0.85, 1.18};

  /** Logarithm of the odds that another distance must earn with each spot. */
  private static final double DECISIVE = 0.75;

  /** And with all of them. */
  private static final double DECISIVE_ALL = 25;

  /** Logarithm of the odds for each spot from which the distance is taken to be right. */
  private static final double CLEAR = 7.8;

  /** Largest part by which a distance is believed to be off. */
  private static final double FARTHEST = 0.35;

  /** Part of the spots that a lattice must keep with the distance of the header. */
  private static final double LEAST_PART = 0.8;

  private final IndexOptions options;
  private final LatticeSearch search;
  private final List<String> log;

  DistanceSearch(IndexOptions options, LatticeSearch search, List<String> log) {
    this.options = options;
    this.search = search;
    this.log = log;
  }

  private boolean possible(Points p) {
    return options.beamSearch() == IndexOptions.BeamSearch.WHEN_POOR
        && !options.fixDistance().orElse(false)
        && p.geometries.stream()
            .allMatch(g -> g.beam().probe() == Probe.X_RAY && g.scan().width() != 0);
  }

  /**
   * The search for a lattice from other distances, if none is good.
   *
   * @param before the best there is, or null
   */
  LatticeModel whenPoor(Points p, LatticeModel before) {
    if (!possible(p) || before != null && clear(before)) {
      return before;
    }
    LatticeModel best = before;
    for (double start : STARTS) {
      log.add(String.format(Locale.ROOT, "with %.2f times the distance:", start));
      LatticeModel m = search.findQuickly(moved(p, start));
      m = m == null ? null : search.released(m);
      if (m != null && believable(p, m) && (best == null || gains(best, m))) {
        best = m;
      }
    }
    return best == before ? before : told(p, before, atHeader(p, best));
  }

  /**
   * A lattice that was found from another distance with that of the header, unless the distance is
   * far more likely: a narrow scan does not tell it, and its error is that of the cell.
   */
  private LatticeModel atHeader(Points p, LatticeModel found) {
    double scale = distance(found.points()) / distance(p);
    LatticeModel there = search.refinedAt(p, found.a().times(scale));
    boolean alike = there.indexed() > LEAST_PART * found.indexed();
    return alike && !gains(there, found) ? there : found;
  }

  /**
   * The lattice with the distance free where it would be fixed, if spots miss their places and that
   * is far more likely.
   *
   * @param m refined with the distance fixed
   */
  LatticeModel checked(LatticeModel m) {
    if (clear(m) || !possible(m.points()) || !LatticeSearch.distanceFixed(m, options)) {
      return m;
    }
    LatticeModel free = search.released(m);
    boolean better = believable(m.points(), free) && gains(m, free);
    return better ? told(m.points(), m, free) : whenPoor(m.points(), m);
  }

  private static boolean clear(LatticeModel m) {
    return m.score().logOdds() > CLEAR * m.indexed();
  }

  private LatticeModel told(Points p, LatticeModel before, LatticeModel after) {
    if (after != before && distance(after.points()) == distance(p)) {
      log.add(
          String.format(
              Locale.ROOT,
              "the distance of the header, %.2f mm, does as well: log odds %.0f",
              distance(p),
              after.score().logOdds()));
    } else if (after != before) {
      log.add(
          String.format(
              Locale.ROOT,
              "the distance is %.2f mm, not %.2f mm as the header says: log odds %.0f, %s",
              distance(after.points()),
              distance(p),
              after.score().logOdds(),
              before == null
                  ? "none before"
                  : String.format(Locale.ROOT, "before %.0f", before.score().logOdds())));
    }
    return after;
  }

  private static boolean gains(LatticeModel before, LatticeModel after) {
    double gain = after.score().logOdds() - before.score().logOdds();
    return gain > Math.max(DECISIVE_ALL, DECISIVE * after.indexed());
  }

  private static boolean believable(Points p, LatticeModel m) {
    return Math.abs(distance(m.points()) / distance(p) - 1) < FARTHEST;
  }

  private static double distance(Points p) {
    return HeaderShift.distance(p.geometries.get(0));
  }

  /** The points with all detectors moved along their normals. */
  private static Points moved(Points p, double factor) {
    return p.with(
        p.geometries.stream()
            .map(
                (Geometry g) -> {
                  Panel first = g.detector().panels().get(0);
                  double more = (factor - 1) * first.origin().dot(first.normal());
                  return Placed.shifted(g, first.normal().times(more));
                })
            .toList());
  }
}
