package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.vectors.Autoconvolution;
import org.mdx.bragg.internal.vectors.BeamShifts;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.parallel.Parallel;

/** The beam centre with which the spots are indexed best. */
public final class BeamCentreFinder {
  private static final int SHIFTS = 8;

  /** How much better than at the present centre the periods must fit elsewhere. */
  private static final double WORTH_TRYING = 1.1;

  private BeamCentreFinder() {}

  /**
   * What was found.
   *
   * @param px where the beam meets the first panel's plane, px along fast
   * @param py along slow
   * @param beforePx the same before
   * @param beforePy the same before
   * @param indexed spots indexed with it
   * @param spots all of them
   * @param geometries geometry of each sweep, without a crystal
   * @param log what was tried
   */
  public record Found(
      double px,
      double py,
      double beforePx,
      double beforePy,
      int indexed,
      int spots,
      List<Geometry> geometries,
      List<String> log) {
    public Found {
      geometries = List.copyOf(geometries);
      log = List.copyOf(log);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "beam centre %.2f %.2f px, moved by %.2f %.2f px; %d of %d spots can be indexed",
          px,
          py,
          px - beforePx,
          py - beforePy,
          indexed,
          spots);
    }
  }

  /**
   * Finds the beam centre.
   *
   * @param sweeps sweeps with one detector
   * @param options range of the search, what is known of the crystal
   * @param parallel threads
   * @return the centre of the most likely lattice
   * @throws IndexingFailure if no lattice explains the spots anywhere
   */
  public static Found find(List<SweepSpots> sweeps, IndexOptions options, Parallel parallel) {
    Points all = SweepSpots.points(sweeps);
    List<String> log = new ArrayList<>();
    KnownCell known =
        new KnownCell(
            options.unitCell().orElse(null),
            options.spaceGroup().orElseGet(() -> SpaceGroup.ofNumber(1)));
    LatticeSearch search = new LatticeSearch(options, known, parallel, log);
    LatticeModel best = all.size() < Indexer.FEWEST ? null : search.find(all);
    if (all.size() >= Indexer.FEWEST) {
      best = best(all, options, search, best, parallel, SHIFTS, false, log);
    }
    if (best == null || !Indexer.convincing(best)) {
      throw new IndexingFailure(
          "no beam centre in range makes a lattice of the "
              + all.size()
              + (all.size() == 1 ? " spot" : " spots"),
          log,
          Advice.of(all, options));
    }
    best = search.finished(best);
    Geometry before = sweeps.get(0).geometry();
    Geometry after = best.points().geometries.get(0);
    double[] old = Autoconvolution.centre(before, before.detector().panels().get(0));
    double[] now = Autoconvolution.centre(after, after.detector().panels().get(0));
    return new Found(
        now[0],
        now[1],
        old[0],
        old[1],
        best.indexed(),
        all.size(),
        best.points().geometries.stream().map(g -> g.withCrystal(null)).toList(),
        log);
  }

  /** The best of the lattices at the most promising shifts of the beam, and of the one there is. */
  static LatticeModel best(
      Points all,
      IndexOptions options,
      LatticeSearch search,
      LatticeModel before,
      Parallel parallel,
      int most,
      boolean stopWhenGood,
      List<String> log) {
    BeamShifts finder = new BeamShifts(all, search.longest(all), options.beamRange(), parallel);
    List<BeamShifts.Shift> shifts = new ArrayList<>();
    if (all.geometries.get(0).beam().probe() == Probe.ELECTRON) {
      shifts.addAll(Autoconvolution.find(all, finder.range(), 3));
    }
    shifts.addAll(finder.find(most, stopWhenGood ? WORTH_TRYING : 1));
    LatticeModel best = before;
    BeamShifts.Shift where = null;
    for (BeamShifts.Shift s : shifts) {
      log.add(String.format(Locale.ROOT, "with the beam moved by %.1f %.1f px:", s.px(), s.py()));
      LatticeModel m = search.findQuickly(finder.moved(s.px(), s.py()));
      if (m != null && (best == null || m.score().logOdds() > best.score().logOdds())) {
        best = m;
        where = s;
      }
      if (stopWhenGood && LatticeSearch.good(m) && !Indexer.vague(m)) {
        break;
      }
    }
    if (where != null && !LatticeSearch.good(best)) {
      LatticeModel m = search.find(finder.moved(where.px(), where.py()));
      best = m != null && m.score().logOdds() > best.score().logOdds() ? m : best;
    }
    return best;
  }
}
