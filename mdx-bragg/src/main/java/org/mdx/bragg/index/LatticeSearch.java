package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.mdx.bragg.internal.lattice.Assignment;
import org.mdx.bragg.internal.lattice.CellCheck;
import org.mdx.bragg.internal.lattice.IndexOffset;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.vectors.BasisVector;
import org.mdx.bragg.internal.vectors.CandidateLattices;
import org.mdx.bragg.internal.vectors.GridVectors;
import org.mdx.bragg.internal.vectors.LongestCell;
import org.mdx.bragg.internal.vectors.ProjectionVectors;
import org.mdx.bragg.internal.vectors.TransformVectors;
import org.mdx.bragg.internal.vectors.VectorPolish;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Probe;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * The best lattice of a set of points with the geometry as it is: three ways to find vectors are
 * tried in turn, their vectors are combined, and the most likely lattice is refined and tested.
 */
final class LatticeSearch {
  private static final double SHORTEST = 3;
  private static final double NARROW = 30;
  private static final int CANDIDATES = 30;

  /** Lattices among which those that agree with what is known are looked for. */
  private static final int ALL_CANDIDATES = 2000;

  private static final int POLISHED = 60;

  /** Farthest that polishing may take a vector, in resolutions: else it climbed another maximum. */
  private static final double ASTRAY = 3;

  private static final int REFINED = 8;
  private static final int MOST_POINTS = 500;
  private static final int FINALISTS = 4;
  private static final int MOST_ROUNDS = 12;
  private static final double SETTLED = 1;
  private static final double GOOD = 0.85;
  private static final double POOR = 0.8;

  /** Logarithm of the odds for each spot: 10 to 13 is usual, 3 makes a lattice doubtful. */
  static final double SHARP = 4.5;

  private static final double FAR = 2;
  private static final double NARROW_FOR_DISTANCE = 10;

  /** Spots that determine the distance in a scan of some width, and in a wide one. */
  private static final int FEW_FOR_DISTANCE = 50;

  private static final int FEW_IN_WIDE = 20;

  /** Spots below which neighbours are often missing, so that cells look shorter than they are. */
  static final int SPARSE = 150;

  /** Edge of a doubled cell over the longest one expected, from which it is chance. */
  private static final double ABSURD = 2.5;

  /** No crystal has a shorter edge, Å, or a smaller cell, Å³. */
  private static final double LEAST_EDGE = 2;

  private static final double LEAST_VOLUME = 25;

  private final IndexOptions options;
  private final KnownCell known;
  private final Parallel parallel;
  private final List<String> log;
  final Rivals rivals = new Rivals();

  /** Reduced cell that is known, or that of the first lattice; null before either. */
  private UnitCell like;

  /** Longest edge that all spots show, 0 before it is asked for. */
  private double seen;

  /** The ways to find vectors. */
  private enum Method {
    THREE_DIMENSIONS("Fourier transform in three dimensions"),
    ONE_DIMENSION("Fourier transforms in one dimension"),
    GRID("edges of the cell in all directions");

    final String label;

    Method(String label) {
      this.label = label;
    }
  }

  /**
   * @param log takes what was tried
   */
  LatticeSearch(IndexOptions options, KnownCell known, Parallel parallel, List<String> log) {
    this.options = options;
    this.known = known;
    this.parallel = parallel;
    this.log = log;
    this.like = known.cellKnown() ? known.primitive() : null;
  }

  /** Whether a model leaves nothing to wish for. */
  static boolean good(LatticeModel m) {
    return m != null && m.fraction() >= GOOD && m.across() < FAR && sharp(m);
  }

  /** Whether the geometry seems wrong. */
  static boolean poor(LatticeModel m) {
    return m == null || m.fraction() < POOR || m.across() > FAR || !sharp(m);
  }

  /**
   * Whether the lattice points are far from each other as compared with the errors. With a wrong
   * beam centre a lattice of more points than the true one can take nearly all spots.
   */
  static boolean sharp(LatticeModel m) {
    return m.score().logOdds() > SHARP * m.indexed();
  }

  /** Takes the longest edge from all spots: some of them have farther neighbours. */
  void seeCellOf(Points all) {
    seen = options.maxCell() > 0 || like != null ? 0 : LongestCell.of(all);
  }

  double longest(Points p) {
    if (options.maxCell() > 0) {
      return options.maxCell();
    }
    if (like != null) {
      UnitCell c = like;
      return 1.3 * Math.max(c.a(), Math.max(c.b(), c.c()));
    }
    double estimate = Math.max(seen, LongestCell.of(p));
    return estimate > 0 ? Math.max(estimate, 10) : 50;
  }

  /** The best lattice, or null if there is none at all. */
  LatticeModel find(Points p) {
    return find(p, order(p));
  }

  /** The best lattice by the first method alone. */
  LatticeModel findQuickly(Points p) {
    return find(p, order(p).subList(0, 1));
  }

  /** Another lattice of the same kind of crystal, or of any other. */
  LatticeModel findLike(Points p, LatticeModel first) {
    like = UnitCell.ofAxes(reduced(first.a()).inverse());
    List<Method> methods = new ArrayList<>(List.of(Method.GRID));
    order(p).stream().filter(m -> m != Method.GRID).forEach(methods::add);
    return find(p, methods);
  }

  private LatticeModel find(Points p, List<Method> methods) {
    double longest = longest(p);
    log.add(
        String.format(Locale.ROOT, "%d spots; longest cell edge %.1f Å", p.size(), longest)
            + (options.maxCell() > 0
                ? " (given)"
                : like != null ? " (known cell)" : " (from the spots)"));
    LatticeModel best = find(p, methods, longest);
    if (options.maxCell() > 0 || like != null || p.size() >= SPARSE) {
      return best;
    }
    double longer = LongestEdges.longer(longest);
    if (longer > 0) {
      best = better(best, findFew(p, methods, longer));
    }
    boolean quick = methods.size() == 1;
    for (double edge : quick ? List.<Double>of() : LongestEdges.others(longest)) {
      best = good(best) ? best : better(best, findFew(p, methods, edge));
    }
    return best;
  }

  private LatticeModel findFew(Points p, List<Method> methods, double longest) {
    log.add(String.format(Locale.ROOT, "few spots; the same up to %.1f Å", longest));
    return find(p, methods, longest);
  }

  private static LatticeModel better(LatticeModel a, LatticeModel b) {
    return a == null || b != null && b.score().logOdds() > a.score().logOdds() ? b : a;
  }

  private LatticeModel find(Points p, List<Method> methods, double longest) {
    List<BasisVector> vectors = new ArrayList<>();
    LatticeModel best = null;
    for (Method method : methods) {
      vectors.addAll(vectors(p, method, 2 * longest));
      LatticeModel m = spanned(p, BasisVector.distinct(vectors, 60), longest);
      log.add(method.label + ": " + (m == null ? "no lattice" : describe(m)));
      best = better(best, m);
      if (good(best)) {
        break;
      }
    }
    return best;
  }

  private List<Method> order(Points p) {
    double range = p.range();
    boolean narrow = range < NARROW || p.geometries.get(0).beam().probe() == Probe.ELECTRON;
    List<Method> order = new ArrayList<>();
    order.add(narrow ? Method.ONE_DIMENSION : Method.THREE_DIMENSIONS);
    order.add(narrow ? Method.THREE_DIMENSIONS : Method.ONE_DIMENSION);
    if (known.cellKnown()) {
      order.add(Method.GRID);
    }
    return order;
  }

  private List<BasisVector> vectors(Points p, Method method, double longest) {
    return switch (method) {
      case THREE_DIMENSIONS -> {
        TransformVectors t = new TransformVectors(p, longest);
        yield polished(p, t.find(p, SHORTEST, parallel), t.resolution());
      }
      case ONE_DIMENSION -> {
        ProjectionVectors t = new ProjectionVectors(p, SHORTEST, longest);
        yield polished(p, t.find(parallel), t.resolution());
      }
      case GRID -> polished(p, GridVectors.find(p, like, parallel), 0.02 * like.c());
    };
  }

  private List<BasisVector> polished(Points p, List<BasisVector> found, double resolution) {
    List<BasisVector> some = BasisVector.spread(found, POLISHED);
    List<BasisVector> all = new VectorPolish(p, resolution).all(some, parallel);
    List<BasisVector> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Vec3 moved = all.get(i).v().minus(some.get(i).v());
      if (moved.norm() <= ASTRAY * resolution && all.get(i).v().norm() >= SHORTEST * 0.9) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }

  static String describe(LatticeModel m) {
    return String.format(
        Locale.ROOT,
        "%s, %d of %d spots (%.0f %%), %.2f %.2f px %.2f frames, log odds %.0f",
        UnitCell.ofAxes(m.a().inverse()),
        m.indexed(),
        m.points().size(),
        100 * m.fraction(),
        m.errors()[0],
        m.errors()[1],
        m.errors()[2],
        m.score().logOdds());
  }

  /** Tolerance of the indices, as in {@link Assignment#of}. */
  double tolerance(Points p) {
    boolean electron = p.geometries.get(0).beam().probe() == Probe.ELECTRON;
    return options.tolerance() > 0 ? options.tolerance() : electron ? 0 : Assignment.TOLERANCE;
  }

  private LatticeModel.Way way(Points p) {
    return new LatticeModel.Way(tolerance(p), null, LatticeFit.Free.ACROSS);
  }

  private record Ranked(LatticeModel model, int order) {}

  /** The most likely of the lattices that the vectors span. */
  private LatticeModel spanned(Points p, List<BasisVector> vectors, double longest) {
    int most = known.nothing() ? CANDIDATES : ALL_CANDIDATES;
    List<Mat3> all = CandidateLattices.find(p, vectors, most, parallel);
    List<Mat3> first = all.subList(0, Math.min(CANDIDATES, all.size()));
    if (known.nothing()) {
      return best(p, first, longest);
    }
    // several crystals: lattices of all their spots rank above that of one
    List<Mat3> agreeing =
        all.stream().filter(a -> !known.settings(reduced(a)).isEmpty()).limit(CANDIDATES).toList();
    LatticeModel m = best(p, agreeing, longest);
    // with the group alone others may come to agree when their cell is tested
    return known.cellKnown() || good(m) ? m : better(m, best(p, first, longest));
  }

  private LatticeModel best(Points p, List<Mat3> lattices, double longest) {
    Points sample = p.sample(MOST_POINTS);
    LatticeModel.Way w = way(p);
    List<Ranked> some = ranked(lattices, a -> LatticeModel.of(sample, a, w));
    some = some.subList(0, Math.min(REFINED, some.size()));
    List<Ranked> fitted =
        ranked(some.stream().map(Ranked::model).toList(), m -> m.refined(w, 0.4, 0.7, 1));
    LatticeModel best = null;
    List<Mat3> seen = new ArrayList<>();
    for (Ranked r : fitted.subList(0, Math.min(FINALISTS, fitted.size()))) {
      if (best != null && (good(best) || seen(seen, r.model().a()))) {
        continue;
      }
      LatticeModel m = full(p, r.model(), longest);
      if (m != null) {
        seen.add(m.a());
        rivals.add(m);
        best = best == null || m.score().logOdds() > best.score().logOdds() + 1e-6 ? m : best;
      }
    }
    return best;
  }

  private static boolean seen(List<Mat3> seen, Mat3 a) {
    return seen.stream().anyMatch(o -> CandidateLattices.sameLattice(o.inverse(), a.inverse()));
  }

  /** Models of all, the most likely first; their order breaks ties. */
  private <T> List<Ranked> ranked(List<T> from, Function<T, LatticeModel> make) {
    Ranked[] ranked = new Ranked[from.size()];
    parallel.forEach(ranked.length, i -> ranked[i] = new Ranked(make.apply(from.get(i)), i));
    List<Ranked> sorted = new ArrayList<>(List.of(ranked));
    sorted.sort(
        Comparator.comparingDouble((Ranked r) -> -r.model().score().logOdds())
            .thenComparingInt(Ranked::order));
    return sorted;
  }

  /** A lattice of the sample refined with all points, its cell tested, what is known imposed. */
  private LatticeModel full(Points p, LatticeModel rough, double longest) {
    Points here = p.with(rough.points().geometries);
    LatticeModel.Way w = way(p);
    LatticeModel first = LatticeModel.of(here, reduced(rough.a()), w).refined(w, 0.7, 1, 1);
    LatticeModel m = first;
    if (!known.cellKnown()) {
      LatticeModel before = null;
      while (before != m) {
        before = m;
        m = IndexOffset.withOrigin(tested(m, w, longest), w, parallel, log);
      }
    }
    LatticeModel last = settled(m, w);
    // spots of another crystal between the lattice points can double the cell
    return last == null && m != first ? settled(first, w) : last;
  }

  static Mat3 reduced(Mat3 a) {
    return NiggliCell.reducedAxes(a.inverse()).inverse();
  }

  /** Spots that lie in one plane obey any condition on the index across it: cells without end. */
  private static boolean isAbsurd(UnitCell cell, double longest) {
    return cell.c() > ABSURD * longest || cell.a() < LEAST_EDGE || cell.volume() < LEAST_VOLUME;
  }

  private LatticeModel tested(LatticeModel start, LatticeModel.Way w, double longest) {
    LatticeModel m = start;
    for (int i = 0; i < 3; i++) {
      CellCheck.Finding f = CellCheck.smaller(m);
      f = f == null ? CellCheck.doubled(m) : f;
      if (f == null || isAbsurd(UnitCell.ofAxes(f.a().inverse()), longest)) {
        return m;
      }
      LatticeModel other = LatticeModel.of(m.points(), f.a(), w).refined(w, 1, 1);
      boolean larger = other.volume() > 1.5 * m.volume();
      if (!larger && other.score().logOdds() <= m.score().logOdds()) {
        return m;
      }
      log.add(f.text());
      m = other;
    }
    return m;
  }

  /** The setting that agrees with what is known, refined under its symmetry; null if none does. */
  private LatticeModel settled(LatticeModel m, LatticeModel.Way w) {
    if (known.nothing()) {
      return m;
    }
    LatticeModel.Way constrained = new LatticeModel.Way(w.tolerance(), known.laue(), w.free());
    LatticeModel best = null;
    for (Mat3 a : known.settings(reduced(m.a()))) {
      LatticeModel s = LatticeModel.of(m.points(), a, constrained).refined(constrained, 0.5, 1, 1);
      if (best == null || s.score().logOdds() > best.score().logOdds()) {
        best = s;
      }
    }
    return best;
  }

  /** A model of some points for all of them. */
  LatticeModel withAll(Points all, LatticeModel m) {
    LatticeModel.Way w = way(m.points());
    LatticeModel more = LatticeModel.of(all.with(m.points().geometries), m.a(), w);
    return new LatticeModel(more.points(), more.a(), more.assigned(), more.score(), m.rmsd());
  }

  /** Whether the distance stays: where the scan does not determine it, if nothing is said. */
  static boolean distanceFixed(LatticeModel m, IndexOptions options) {
    boolean electron = m.points().geometries.get(0).beam().probe() == Probe.ELECTRON;
    double range = m.points().range();
    int enough = range < NARROW ? FEW_FOR_DISTANCE : FEW_IN_WIDE;
    boolean few = range < NARROW_FOR_DISTANCE || m.indexed() < enough;
    return options.fixDistance().orElse(electron || few);
  }

  /** The last linear refinement, with the distance where the scan determines it. */
  LatticeModel finished(LatticeModel m) {
    LatticeModel.Way w = lastWay(m);
    LatticeModel start = IndexOffset.checked(m, w.freeing(LatticeFit.Free.ACROSS), parallel, log);
    if (start != m) {
      // the beam is elsewhere, where another lattice may be better still
      LatticeModel again = find(start.points());
      boolean better = again != null && again.score().logOdds() > start.score().logOdds();
      start = better ? again : start;
    }
    return settledDown(start, w);
  }

  private LatticeModel.Way lastWay(LatticeModel m) {
    boolean fixed = distanceFixed(m, options);
    LatticeFit.Free free = fixed ? LatticeFit.Free.ACROSS : LatticeFit.Free.ALL;
    return new LatticeModel.Way(tolerance(m.points()), known.laue(), free);
  }

  /** Refined with the distance free, whatever the scan determines. */
  LatticeModel released(LatticeModel m) {
    return settledDown(m, lastWay(m).freeing(LatticeFit.Free.ALL));
  }

  /** A lattice of points whose geometry was moved, refined as at the end. */
  LatticeModel refinedAt(Points p, Mat3 a) {
    LatticeModel m = LatticeModel.of(p, a, way(p));
    return settledDown(m, lastWay(m));
  }

  private static LatticeModel settledDown(LatticeModel start, LatticeModel.Way w) {
    LatticeModel last = start.refined(w, 1, 1, 1);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      LatticeModel next = last.refined(w, 1);
      boolean settled = next.score().logOdds() < last.score().logOdds() + SETTLED;
      last = next.score().logOdds() > last.score().logOdds() ? next : last;
      if (settled) {
        break;
      }
    }
    return last.score().logOdds() >= start.score().logOdds() - 1 ? last : start;
  }
}
