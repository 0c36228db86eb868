package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.lattice.Assignment;
import org.mdx.bragg.internal.lattice.CellCheck;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Finds the lattices of the spots of one sweep, or of several sweeps of one crystal together.
 * Nothing need be known; a cell and a space group help where spots are few. The result is the same
 * for any number of threads.
 */
public final class Indexer {
  /** Spots below which no lattice is looked for: nine numbers make one. */
  static final int FEWEST = 10;

  /** Spots that find and refine the first lattice; all of them get indices and the last fit. */
  private static final int MOST = 10_000;

  /** Logarithm of the odds that a lattice must have, and more for each spot that it explains. */
  private static final double CONVINCING = 20;

  private static final double CONVINCING_SPOT = 1.5;

  private static final int FEWEST_INDEXED = 8;

  private static final int SHIFTS = 5;

  /** Pixels and frames within which spots are one and the same. */
  private static final double SAME_PLACE = 0.01;

  /** How far ratios of edges may differ between a cell and the same in another scale. */
  private static final double SHAPE = 0.1;

  /** Residual of spots, px, from which the geometry is in doubt. */
  private static final double DOUBTFUL = 0.5;

  /** Logarithm of the odds for each spot below which another beam centre is looked for. */
  private static final double CLEAR = 8;

  /** Part of the spots below which a lattice must be sharper, and how much. */
  private static final double HALF = 0.5;

  private static final double SHARP_OF_HALF = 6.5;

  /** The same where spots are few. */
  private static final double MOST_OF_FEW = 0.9;

  private static final double SHARP_OF_FEW = 6;

  private final List<SweepSpots> sweeps;
  private final IndexOptions options;
  private final KnownCell known;
  private final Parallel parallel;
  private final Progress progress;
  private final List<String> log = new ArrayList<>();

  /** Whether a failure told of a scan that explains the spots. */
  private boolean scanIsOther;

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
    Points all = SweepSpots.points(sweeps);
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
    requireDistinct(all);
    progress.advance("index", 0, options.maxLattices());
    LatticeSearch search = new LatticeSearch(options, known, parallel, log);
    Points inside = within(all);
    Points used = inside.sample(MOST);
    if (used.size() < inside.size()) {
      search.seeCellOf(inside);
      log.add(used.size() + " of the " + inside.size() + " spots find the lattice");
    }
    LatticeModel first = firstOrSlipped(search, used);
    if (used != all) {
      first = search.withAll(all, first);
    }
    List<LatticeModel> models = new ArrayList<>(List.of(first));
    progress.advance("index", 1, options.maxLattices());
    while (models.size() < options.maxLattices()) {
      LatticeModel next = NextLattice.of(models, search, known, log);
      if (next == null) {
        break;
      }
      models.add(next);
      progress.advance("index", models.size(), options.maxLattices());
    }
    progress.advance("index", options.maxLattices(), options.maxLattices());
    double tolerance = search.tolerance(all);
    LastRefinement.Fitted last = last(models, ScanShares.ALL, tolerance);
    List<LatticeModel> smaller = smaller(last.models());
    if (smaller != last.models()) {
      last = last(smaller, ScanShares.ALL, tolerance);
    }
    ScanShares shares = ScanShares.ALL;
    if (followsSlips()) {
      SlippedCrystals.Found slipped =
          SlippedCrystals.of(last.models().get(0), options, known, parallel, log);
      if (slipped.models().size() > 1) {
        shares = slipped.shares();
        last = last(slipped.models(), shares, tolerance);
      }
    }
    Indexed found =
        IndexedWriter.write(last, shares, known, log)
            .withMoved(HeaderShift.of(sweeps, last.models().get(0).points().geometries));
    return found.lattices().get(0).rmsdX() + found.lattices().get(0).rmsdY() > 2 * DOUBTFUL
        ? new Indexed(
            found.lattices(), found.reflections(), doubted(found.lattices().get(0)), found.moved())
        : found;
  }

  private boolean followsSlips() {
    return options.slips() && options.maxLattices() == 1 && sweeps.size() == 1;
  }

  private LatticeModel firstOrSlipped(LatticeSearch search, Points used) {
    try {
      return first(search, used);
    } catch (IndexingFailure e) {
      boolean may = followsSlips() && options.turnsDetector() && !scanIsOther;
      LatticeModel m = may ? SlippedCrystals.ofQuarter(used, options, known, parallel, log) : null;
      if (m == null) {
        throw e;
      }
      return m;
    }
  }

  private LastRefinement.Fitted last(
      List<LatticeModel> models, ScanShares shares, double tolerance) {
    return LastRefinement.of(models, shares, known, options, tolerance, parallel, log);
  }

  /** The lattice of most of the spots, with what the geometry of the header must be changed by. */
  private LatticeModel first(LatticeSearch search, Points used) {
    LatticeModel first = search.find(used);
    boolean doubtful = LatticeSearch.poor(first) || !known.cellKnown() && vague(first);
    if (options.beamSearch() == IndexOptions.BeamSearch.WHEN_POOR && doubtful) {
      first = BeamCentreFinder.best(used, options, search, first, parallel, SHIFTS, true, log);
    }
    DistanceSearch distance = new DistanceSearch(options, search, log);
    if (LatticeSearch.poor(first)) {
      first = distance.whenPoor(used, first);
    }
    requireConvincing(first, used);
    first = distance.checked(search.finished(first));
    first = options.freeSettings() ? SettingCorrection.of(first, search, log) : first;
    requireBelievable(first, search.rivals);
    requireNoOtherScan(first);
    return first;
  }

  private List<String> doubted(Indexed.Lattice l) {
    List<String> more = new ArrayList<>(log);
    more.add(
        String.format(
            Locale.ROOT,
            "residuals of %.2f %.2f px are large: if the cell is not the one expected, check"
                + " distance, wavelength and rotation axis, or look for more lattices",
            l.rmsdX(),
            l.rmsdY()));
    return more;
  }

  /** Points up to the resolution asked for. */
  private Points within(Points all) {
    if (options.dMin() == 0) {
      return all;
    }
    int[] inside =
        IntStream.range(0, all.size()).filter(i -> all.length(i) * options.dMin() <= 1).toArray();
    if (inside.length < FEWEST) {
      throw failure(
          inside.length
              + " spots up to "
              + options.dMin()
              + " Å, at least "
              + FEWEST
              + " are needed");
    }
    return all.select(inside);
  }

  /** Spots in one place are copies of each other. */
  private void requireDistinct(Points all) {
    Set<List<Long>> places = new HashSet<>();
    for (int i = 0; i < all.size() && places.size() < FEWEST; i++) {
      places.add(
          List.of(
              (long) all.sweep[i],
              Math.round(all.place[3 * i] / SAME_PLACE),
              Math.round(all.place[3 * i + 1] / SAME_PLACE),
              Math.round(all.place[3 * i + 2] / SAME_PLACE)));
    }
    if (places.size() < FEWEST) {
      throw failure(
          all.size()
              + " spots lie in "
              + places.size()
              + (places.size() == 1 ? " place" : " places")
              + ", at least "
              + FEWEST
              + " are needed: the list repeats itself");
    }
  }

  /**
   * With nothing known a lattice must be sharper than chance: with a wrong geometry, a still or an
   * axis too long for so few spots, some lattice of many points is near enough to the spots. One of
   * few spots must also be far above the next other one.
   */
  private void requireBelievable(LatticeModel m, Rivals rivals) {
    if (!known.nothing() || !options.turnsDetector()) {
      return;
    }
    double each = m.score().logOdds() / m.indexed();
    boolean sparse = m.points().size() < LatticeSearch.SPARSE;
    boolean few = sparse && m.fraction() < MOST_OF_FEW;
    double least = m.fraction() < HALF ? SHARP_OF_HALF : few ? SHARP_OF_FEW : LatticeSearch.SHARP;
    if (each < least) {
      throw noLattice(
          m.points(),
          String.format(
              Locale.ROOT,
              "the best lattice, %s, explains %d of %d spots, but they miss its points by %.2f %.2f px"
                  + " %.2f frames, which is too far (log odds %.1f a spot, at least %.1f are needed)",
              UnitCell.ofAxes(LatticeSearch.reduced(m.a()).inverse()),
              m.indexed(),
              m.points().size(),
              m.errors()[0],
              m.errors()[1],
              m.errors()[2],
              each,
              least));
    }
    // of many spots the next lattice may be that of a second crystal
    if (sparse && !rivals.decided(m)) {
      throw failure(
          "the best lattice, "
              + LatticeSearch.describe(m)
              + ", is hardly likelier than another one, "
              + rivals.next(m).map(LatticeSearch::describe).orElse("none at all"));
    }
  }

  private void requireConvincing(LatticeModel m, Points used) {
    if (m == null) {
      throw noLattice(
          used,
          known.nothing()
              ? "no three periods of the spots span a lattice"
              : "no lattice of the spots agrees with the cell or space group given" + scaled(used));
    }
    if (!convincing(m)) {
      throw noLattice(
          used,
          "the best lattice explains "
              + m.indexed()
              + " of "
              + m.points().size()
              + " spots, which chance does as well");
    }
  }

  /** A lattice that is the known one in another scale, as a wrong distance makes it, or nothing. */
  private String scaled(Points used) {
    if (!known.cellKnown()) {
      return "";
    }
    KnownCell nothing = new KnownCell(null, SpaceGroup.ofNumber(1));
    IndexOptions free = IndexOptions.defaults().maxCell(options.maxCell());
    LatticeModel m = new LatticeSearch(free, nothing, parallel, new ArrayList<>()).find(used);
    if (m == null || !convincing(m)) {
      return "";
    }
    UnitCell found = UnitCell.ofAxes(LatticeSearch.reduced(m.a()).inverse());
    UnitCell wanted = known.primitive();
    double scale = Math.cbrt(found.volume() / wanted.volume());
    double[] ratios = {
      found.a() / wanted.a(), found.b() / wanted.b(), found.c() / wanted.c(),
    };
    boolean alike = Arrays.stream(ratios).allMatch(r -> Math.abs(r / scale - 1) < SHAPE);
    return String.format(
        Locale.ROOT,
        "; %d of %d spots have the reduced cell %s%s",
        m.indexed(),
        used.size(),
        found,
        alike
            ? String.format(
                Locale.ROOT,
                ", %.2f times the known one: distance or wavelength may be wrong by that",
                scale)
            : "");
  }

  /** Whether chance would hardly do as well. */
  static boolean convincing(LatticeModel m) {
    return m.indexed() >= FEWEST_INDEXED
        && m.score().logOdds() > CONVINCING + CONVINCING_SPOT * m.indexed();
  }

  /**
   * Whether spots lie near lattice points because there are so many of them: a cell ten times too
   * large takes nearly all spots of a wrong beam centre.
   */
  static boolean vague(LatticeModel m) {
    return m.score().logOdds() < CLEAR * m.indexed();
  }

  /**
   * A lattice of few of the spots may be what the true one leaves in a scan that is told wrongly.
   */
  private void requireNoOtherScan(LatticeModel m) {
    if (m.fraction() < HALF) {
      String scan = otherScan(m.points());
      if (!scan.isEmpty()) {
        throw failure("the best lattice, " + LatticeSearch.describe(m) + "; " + scan);
      }
    }
  }

  /** There are spots enough, but no lattice is good: the scan may be another one. */
  private IndexingFailure noLattice(Points used, String reason) {
    String scan = otherScan(used);
    return failure(scan.isEmpty() ? reason : reason + "; " + scan);
  }

  private String otherScan(Points used) {
    Points asTold = used.with(sweeps.stream().map(SweepSpots::geometry).toList());
    String advice = new ScanSearch(asTold, options, known, parallel).advice();
    scanIsOther = !advice.isEmpty();
    return advice;
  }

  private IndexingFailure failure(String reason) {
    return new IndexingFailure(reason, log, Advice.of(SweepSpots.points(sweeps), options));
  }

  /**
   * Spots of a twin near the points of a multiple of the cell made it look like the cell: once they
   * are known to be those of another lattice, the indices that are left tell. The same list if no
   * cell changes.
   */
  private List<LatticeModel> smaller(List<LatticeModel> models) {
    List<LatticeModel> out = new ArrayList<>(models);
    boolean changed = false;
    for (int i = 0; i < out.size() && models.size() > 1 && known.nothing(); i++) {
      LatticeModel m = models.get(i);
      CellCheck.Finding f = CellCheck.smaller(m);
      if (f != null) {
        log.add("lattice " + (i + 1) + ": " + f.text());
        LatticeModel.Way way =
            new LatticeModel.Way(Assignment.TOLERANCE, null, LatticeFit.Free.NOTHING);
        out.set(i, LatticeModel.of(m.points(), f.a(), way));
        changed = true;
      }
    }
    return changed ? out : models;
  }
}
