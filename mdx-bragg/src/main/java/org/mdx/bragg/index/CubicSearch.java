package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.vectors.BasisVector;
import org.mdx.crystal.CrystalSystem;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;

/**
 * A cubic lattice of a scan so narrow that two periods are seen and the third is not: any one of
 * them gives the edge of the cell, being an edge, a diagonal of a face or half of one, or half of
 * that of the body.
 */
final class CubicSearch {
  private static final int PERIODS = 4;
  private static final double[] PARTS_OF_EDGE = {1, Math.sqrt(0.75), Math.sqrt(2), Math.sqrt(0.5)};

  /** Guesses that differ by less are one: the search takes cells within 10 %. */
  private static final double ALIKE = 0.03;

  private final IndexOptions options;
  private final SpaceGroup group;
  private final Parallel parallel;
  private final List<String> log;

  CubicSearch(IndexOptions options, SpaceGroup group, Parallel parallel, List<String> log) {
    this.options = options;
    this.group = group;
    this.parallel = parallel;
    this.log = log;
  }

  static boolean applies(SpaceGroup group) {
    return group.crystalSystem() == CrystalSystem.CUBIC;
  }

  /**
   * The best lattice of all guesses, or null; the first that leaves no doubt ends it.
   *
   * @param search finds the periods
   * @param longest longest edge, Å
   */
  LatticeModel find(Points p, LatticeSearch search, double longest) {
    List<Double> tried = new ArrayList<>();
    LatticeModel best = null;
    for (BasisVector v : search.periods(p, longest, PERIODS)) {
      for (double part : PARTS_OF_EDGE) {
        double edge = v.v().norm() / part;
        if (edge > 2 * longest || tried.stream().anyMatch(t -> Math.abs(t / edge - 1) < ALIKE)) {
          continue;
        }
        tried.add(edge);
        LatticeModel m = withEdge(p, edge);
        if (m != null && (best == null || m.score().logOdds() > best.score().logOdds())) {
          best = m;
        }
      }
      if (best != null && best.score().logOdds() > LatticeSearch.SHARP * best.indexed()) {
        break;
      }
    }
    return best;
  }

  private LatticeModel withEdge(Points p, double edge) {
    log.add(String.format(Locale.ROOT, "with a cubic cell of %.1f Å:", edge));
    UnitCell cell = new UnitCell(edge, edge, edge, 90, 90, 90);
    return new LatticeSearch(options.unitCell(cell), new KnownCell(cell, group), parallel, log)
        .findByEdges(p);
  }
}
