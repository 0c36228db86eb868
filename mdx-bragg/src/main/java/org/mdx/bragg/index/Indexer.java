package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Probe;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Finds the lattices of the spots of one sweep, or of several sweeps of one crystal together.
 * Nothing need be known; a cell and a space group help where spots are few. The result is the same
 * for any number of threads.
 */
public final class Indexer {
  /** Spots below which no lattice is looked for: nine numbers make one. */
  private static final int FEWEST = 10;

  /** Logarithm of the odds that a lattice must have: chance alone reaches about 15. */
  private static final double CONVINCING = 25;

  private static final int FEWEST_INDEXED = 8;

  /** Part of all spots that must be left for another lattice. */
  private static final double LEFT = 0.1;

  private static final double APART = 5;
  private static final int SHIFTS = 5;

  private final List<SweepSpots> sweeps;
  private final IndexOptions options;
  private final KnownCell known;
  private final Parallel parallel;
  private final Progress progress;
  private final List<String> log = new ArrayList<>();

  private Indexer(
      List<SweepSpots> sweeps, IndexOptions options, Parallel parallel, Progress progress) {
    this.sweeps = List.copyOf(sweeps);
    this.options = options;
    this.known =
        new KnownCell(
            options.unitCell().orElse(null),
            options.spaceGroup().orElseGet(() -> SpaceGroup.ofNumber(1)));
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Indexes one sweep.
   *
   * @param sweep its spots and geometry
   * @param options what is known, how many lattices
   * @return the lattices and the reflections
   * @throws IndexingFailure if no lattice explains the spots
   */
  public static Indexed index(SweepSpots sweep, IndexOptions options) {
    return index(List.of(sweep), options, Parallel.available(), Progress.NONE);
  }

  /**
   * Indexes sweeps of one crystal together: they share its setting matrix at φ = 0.
   *
   * @param sweeps at least one
   * @param options what is known, how many lattices
   * @param parallel threads
   * @param progress told of each lattice
   * @return the lattices and the reflections
   * @throws IndexingFailure if no lattice explains the spots
   * @throws IllegalArgumentException if there is no sweep
   */
  public static Indexed index(
      List<SweepSpots> sweeps, IndexOptions options, Parallel parallel, Progress progress) {
    if (sweeps.isEmpty()) {
      throw new IllegalArgumentException("no sweep to index");
    }
    return new Indexer(sweeps, options, parallel, progress).run();
  }

  private Indexed run() {
    Points all = Points.of(sweeps);
    if (all.size() < FEWEST) {
      throw failure(
          all.size() == 0
              ? "there are no spots"
              : all.size()
                  + (all.size() == 1 ? " spot" : " spots")
                  + ", at least "
                  + FEWEST
                  + " are needed");
    }
    progress.advance("index", 0, options.maxLattices());
    LatticeSearch search = new LatticeSearch(options, known, parallel, log);
    LatticeModel first = search.find(all);
    if (options.beamSearch() == IndexOptions.BeamSearch.WHEN_POOR && LatticeSearch.poor(first)) {
      first = afterBeamSearch(all, search, first);
    }
    requireConvincing(first);
    first = search.finished(first);
    List<LatticeModel> models = new ArrayList<>(List.of(first));
    progress.advance("index", 1, options.maxLattices());
    while (models.size() < options.maxLattices()) {
      LatticeModel next = another(models, search);
      if (next == null) {
        break;
      }
      models.add(next);
      progress.advance("index", models.size(), options.maxLattices());
    }
    progress.advance("index", options.maxLattices(), options.maxLattices());
    return IndexedWriter.write(first.points(), models, known, log);
  }

  /** The best of the lattices at the most promising shifts of the beam, and the one there is. */
  private LatticeModel afterBeamSearch(Points all, LatticeSearch search, LatticeModel before) {
    LatticeModel best = before;
    for (BeamShifts.Shift s : shifts(all, search)) {
      int line = log.size();
      LatticeModel m = search.find(new BeamShifts(all, 10, 1, parallel).moved(s.px(), s.py()));
      log.add(
          line,
          String.format(Locale.ROOT, "with the beam moved by %.1f %.1f px:", s.px(), s.py()));
      if (m != null && (best == null || m.score().logOdds() > best.score().logOdds())) {
        best = m;
      }
      if (LatticeSearch.good(m)) {
        break;
      }
    }
    return best;
  }

  private List<BeamShifts.Shift> shifts(Points all, LatticeSearch search) {
    double longest = search.longest(all);
    BeamShifts finder = new BeamShifts(all, longest, options.beamRange(), parallel);
    List<BeamShifts.Shift> shifts = new ArrayList<>(finder.find(SHIFTS));
    if (all.geometries.get(0).beam().probe() == Probe.ELECTRON) {
      shifts.addAll(0, Autoconvolution.find(all, finder.range(), 3));
    }
    return shifts;
  }

  private void requireConvincing(LatticeModel m) {
    if (m == null) {
      throw failure(
          known.nothing()
              ? "no three periods of the spots span a lattice"
              : "no lattice of the spots agrees with the cell or space group given");
    }
    if (m.score().logOdds() < CONVINCING || m.indexed() < FEWEST_INDEXED) {
      throw failure(
          "the best lattice explains "
              + m.indexed()
              + " of "
              + m.points().size()
              + " spots, which chance does as well");
    }
  }

  private IndexingFailure failure(String reason) {
    return new IndexingFailure(reason, log, Advice.of(Points.of(sweeps), options));
  }

  /** A lattice of the spots that the others leave, or null. */
  private LatticeModel another(List<LatticeModel> models, LatticeSearch search) {
    Points p = models.get(0).points();
    boolean[] taken = new boolean[p.size()];
    for (LatticeModel m : models) {
      for (int i : m.assigned().which()) {
        taken[i] = true;
      }
    }
    int[] left =
        java.util.stream.IntStream.range(0, p.size()).filter(i -> !taken[i]).toArray();
    if (left.length < FEWEST || left.length < LEFT * p.size()) {
      return null;
    }
    log.add("another lattice of the " + left.length + " spots left:");
    LatticeModel m = search.find(p.select(left));
    if (m == null || m.score().logOdds() < CONVINCING || m.indexed() < FEWEST_INDEXED) {
      return null;
    }
    for (LatticeModel other : models) {
      double angle = Misorientation.degrees(other.a(), m.a());
      if (angle < APART) {
        log.add(String.format(Locale.ROOT, "it is turned by %.2f° only, not another one", angle));
        return null;
      }
    }
    LatticeModel.Way way = new LatticeModel.Way(Assignment.TOLERANCE, known.laue(), LatticeFit.Free.NOTHING);
    return LatticeModel.of(p, m.a(), way).refined(way, 1, 1);
  }
}
