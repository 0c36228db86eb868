package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitParameter;
import org.mdx.bragg.internal.fit.FitResult;
import org.mdx.bragg.internal.fit.GeometryFit;
import org.mdx.bragg.internal.fit.Sharing;
import org.mdx.bragg.internal.lattice.Assignment;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.BCovariance;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Refines all lattices with the geometry of all sweeps, with every term of the prediction: spots
 * get their indices and the fit is made again, until no index changes.
 */
final class LastRefinement {
  private static final int CYCLES = 5;
  private static final int ROUNDS = 6;

  /** Scan, degrees, below which beam, distance and tilts go with the orientation and the cell. */
  private static final double NARROW = 10;

  /** Spots of a lattice, and part of all, below which those cut by the scan's ends are needed. */
  private static final int ENOUGH = 100;

  private static final double ENOUGH_PART = 0.75;

  /** Spots that a lattice needs, three places each for nine numbers of its own. */
  private static final int FEWEST = 8;

  /** Part of its log odds that a lattice may lose to a fit with less weight on far spots. */
  private static final double LOSS = 0.03;

  private static final double CELL_CHANGE = 0.1;

  /** Log odds that a turn of the detector in a narrow scan must earn, and with every spot. */
  private static final double TURNED = 20;

  private static final double TURNED_SPOT = 0.1;

  /** Degrees; a detector that turns farther makes up for places that are cut by the scan's ends. */
  private static final double MOST_TURN = 1;

  /**
   * Lattices and what the fit says of them.
   *
   * @param models the lattices
   * @param covariances of B of each one in its conventional setting; empty where no fit was kept
   */
  record Fitted(List<LatticeModel> models, List<Optional<BCovariance>> covariances) {
    /** Lattices that were not fitted. */
    static Fitted not(List<LatticeModel> models) {
      return new Fitted(models, models.stream().map(m -> Optional.<BCovariance>empty()).toList());
    }
  }

  private final KnownCell known;
  private final IndexOptions options;
  private final double tolerance;
  private final Sharing sharing;
  private final int sweeps;
  private final ScanShares shares;
  private final Parallel parallel;

  private LastRefinement(
      List<LatticeModel> models,
      ScanShares shares,
      KnownCell known,
      IndexOptions options,
      double tolerance,
      Parallel parallel) {
    this.shares = shares;
    this.parallel = parallel;
    this.known = known;
    this.options = options;
    this.tolerance = tolerance;
    List<Geometry> geometries = models.get(0).points().geometries;
    sweeps = geometries.size();
    int n = models.size() * sweeps;
    int[] detector = models(geometries, Geometry::detector);
    int[] beam = models(geometries, Geometry::beam);
    sharing =
        new Sharing(
            IntStream.range(0, n).map(i -> detector[i % sweeps]).toArray(),
            IntStream.range(0, n).map(i -> beam[i % sweeps]).toArray(),
            IntStream.range(0, n).map(i -> i / sweeps).toArray(),
            IntStream.range(0, n).map(i -> i % sweeps).toArray());
  }

  private static int[] models(List<Geometry> all, Function<Geometry, Object> model) {
    List<Object> seen = new ArrayList<>();
    int[] out = new int[all.size()];
    for (int i = 0; i < out.length; i++) {
      Object m = model.apply(all.get(i));
      if (!seen.contains(m)) {
        seen.add(m);
      }
      out[i] = seen.indexOf(m);
    }
    return out;
  }

  /**
   * Refines.
   *
   * @param models lattices of the same points
   * @param shares images of each
   * @param tolerance as in {@link Assignment#of}
   * @param parallel threads
   * @param log told of each fit
   * @return the same lattices, of points with the refined geometry; as they were if the detector
   *     may not turn, there are stills or too few spots, or if the fit makes them less likely
   */
  static Fitted of(
      List<LatticeModel> models,
      ScanShares shares,
      KnownCell known,
      IndexOptions options,
      double tolerance,
      Parallel parallel,
      List<String> log) {
    Points points = models.get(0).points();
    if (!options.turnsDetector()
        || points.geometries.stream().anyMatch(g -> g.scan().width() == 0)) {
      return Fitted.not(models);
    }
    LastRefinement r = new LastRefinement(models, shares, known, options, tolerance, parallel);
    List<LatticeModel> start = r.assigned(points, models.stream().map(LatticeModel::a).toList());
    Fitted best = r.cycles(start, false, log);
    if (points.range() >= NARROW) {
      return best;
    }
    List<String> tried = new ArrayList<>();
    Fitted turned = r.cycles(start, true, tried);
    double gain = logOdds(turned.models) - logOdds(best.models);
    int spots = turned.models.stream().mapToInt(LatticeModel::indexed).sum();
    Points moved = turned.models.get(0).points();
    if (gain < TURNED + TURNED_SPOT * spots || turn(points, moved) > MOST_TURN) {
      return best;
    }
    log.add("with a detector that is turned and tilted, which is far more likely:");
    log.addAll(tried);
    return turned;
  }

  /** Largest angle by which a detector has turned, degrees. */
  private static double turn(Points from, Points to) {
    double least = 1;
    for (int i = 0; i < from.geometries.size(); i++) {
      Panel one = from.geometries.get(i).detector().panels().get(0);
      Panel two = to.geometries.get(i).detector().panels().get(0);
      least = Math.min(least, Math.min(one.fast().dot(two.fast()), one.slow().dot(two.slow())));
    }
    return Math.toDegrees(Math.acos(Math.min(1, least)));
  }

  private static double logOdds(List<LatticeModel> models) {
    return models.stream().mapToDouble(m -> m.score().logOdds()).sum();
  }

  /** Indices and fits in turn; with narrow scans the detector may turn or not. */
  private Fitted cycles(List<LatticeModel> start, boolean turn, List<String> log) {
    Fitted best = Fitted.not(start);
    int[] before = null;
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      IndexedRows rows = IndexedRows.of(best.models, known, shares);
      int[] now = rows.all();
      if (Arrays.equals(now, before) || tooFew(best.models, rows)) {
        break;
      }
      Fitted next = fitted(best.models, rows, turn, log);
      if (next == null) {
        break;
      }
      best = next;
      before = now;
    }
    return best;
  }

  private List<LatticeModel> assigned(Points p, List<Mat3> matrices) {
    LatticeModel.Way way = new LatticeModel.Way(tolerance, known.laue(), LatticeFit.Free.NOTHING);
    return matrices.stream().map(a -> LatticeModel.of(p, a, way)).toList();
  }

  private boolean tooFew(List<LatticeModel> models, IndexedRows rows) {
    return IntStream.range(0, models.size()).anyMatch(l -> usable(models, rows, l, false) < FEWEST);
  }

  /** Spots of a lattice that the fit can use, with or without those at the ends of the scan. */
  private int usable(List<LatticeModel> models, IndexedRows rows, int lattice, boolean uncut) {
    Points p = models.get(0).points();
    int count = 0;
    for (int i = 0; i < p.size(); i++) {
      Reflections spots = p.spots.get(p.sweep[i]);
      boolean overloaded =
          spots.has(ReflectionKeys.FLAGS) && spots.isSet(p.row[i], ReflectionFlag.OVERLOADED);
      if (rows.lattice()[i] == lattice && p.density[i] > 0 && !overloaded) {
        count += uncut && cut(p, i) ? 0 : 1;
      }
    }
    return count;
  }

  private static boolean cut(Points p, int i) {
    Reflections spots = p.spots.get(p.sweep[i]);
    if (!spots.has(ReflectionKeys.BBOX)) {
      return false;
    }
    int first = p.geometries.get(p.sweep[i]).scan().firstImage() - 1;
    int last = first + p.geometries.get(p.sweep[i]).scan().frames();
    return spots.integer(ReflectionKeys.BBOX, p.row[i], 4) <= first
        || spots.integer(ReflectionKeys.BBOX, p.row[i], 5) >= last;
  }

  /** The models after one fit, or null if they are no better. */
  private Fitted fitted(
      List<LatticeModel> models, IndexedRows rows, boolean turn, List<String> log) {
    Points p = models.get(0).points();
    List<Geometry> starts = new ArrayList<>();
    for (LatticeModel m : models) {
      Crystal crystal = Crystal.ofRealSpaceAxes(known.conventional(m.a()).inverse(), known.group());
      p.geometries.forEach(g -> starts.add(g.withCrystal(crystal)));
    }
    Reflections table = table(p, rows, models);
    FitResult fit = GeometryFit.refine(starts, table, sharing, how(models, table, turn), parallel);
    List<Mat3> matrices = new ArrayList<>();
    List<Optional<BCovariance>> covariances = new ArrayList<>();
    for (int l = 0; l < models.size(); l++) {
      Mat3 old = models.get(l).a();
      Crystal crystal = fit.geometries().get(l * sweeps).crystal().orElseThrow();
      Mat3 now = crystal.a();
      covariances.add(crystal.bCovariance());
      matrices.add(now.times(known.conventional(old).inverse().times(old)));
      double change = now.determinant() / known.conventional(old).determinant();
      if (!(Math.abs(change - 1) < CELL_CHANGE)) {
        log.add("refinement of all parameters changes the cell too much, left out");
        return null;
      }
    }
    List<Geometry> moved =
        fit.geometries().subList(0, sweeps).stream().map(g -> g.withCrystal(null)).toList();
    List<LatticeModel> next = assigned(p.with(moved), matrices);
    double before = logOdds(models);
    double after = logOdds(next);
    boolean better = after >= before - LOSS * Math.abs(before);
    log.add(
        String.format(
            Locale.ROOT,
            "all parameters%s refined with %d spots: log odds %.0f, before %.0f%s",
            LatticeSearch.distanceFixed(models.get(0), options)
                ? " but the distance (uncertainties of the cell do not include its own)"
                : "",
            fit.used(),
            after,
            before,
            better ? "" : ", left out"));
    return better ? new Fitted(next, covariances) : null;
  }

  private Reflections table(Points p, IndexedRows rows, List<LatticeModel> models) {
    Reflections all = p.joined();
    int n = p.size();
    int[] id = new int[n];
    for (int i = 0; i < n; i++) {
      id[i] = rows.lattice()[i] < 0 ? -1 : rows.lattice()[i] * sweeps + p.sweep[i];
    }
    double[] variance = new double[3 * n];
    if (all.has(ReflectionKeys.XYZOBS_PX_VARIANCE)) {
      variance = all.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    }
    Reflections.Builder table =
        Reflections.builder(n)
            .set(ReflectionKeys.ID, id)
            .set(ReflectionKeys.MILLER_INDEX, rows.hkl())
            .set(ReflectionKeys.PANEL, all.get(ReflectionKeys.PANEL))
            .set(ReflectionKeys.XYZOBS_PX, all.get(ReflectionKeys.XYZOBS_PX))
            .set(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
    if (all.has(ReflectionKeys.FLAGS)) {
      table.set(ReflectionKeys.FLAGS, all.get(ReflectionKeys.FLAGS));
    }
    boolean enough =
        IntStream.range(0, models.size())
            .allMatch(
                l -> {
                  int uncut = usable(models, rows, l, true);
                  return uncut >= ENOUGH && uncut >= ENOUGH_PART * rows.count(l);
                });
    if (enough && all.has(ReflectionKeys.BBOX)) {
      table.set(ReflectionKeys.BBOX, all.get(ReflectionKeys.BBOX));
    }
    return table.build();
  }

  private FitOptions how(List<LatticeModel> models, Reflections table, boolean turn) {
    Points p = models.get(0).points();
    FitOptions how = FitOptions.of(p.geometries.get(0).beam().probe()).rounds(ROUNDS);
    if (p.range() < NARROW) {
      how = how.fix(FitParameter.MU2);
      how = turn ? how : how.fix(FitParameter.TILTS, FitParameter.TAU_NORMAL);
    }
    how =
        LatticeSearch.distanceFixed(models.get(0), options)
            ? how.fix(FitParameter.DISTANCE)
            : how.free(FitParameter.DISTANCE);
    double least = Arrays.stream(table.get(ReflectionKeys.XYZOBS_PX_VARIANCE)).min().orElse(0);
    // variances went through sums in double
    boolean dials = least >= FitOptions.DIALS_OFFSET * (1 - 1e-9);
    return dials ? how.varianceOffset(FitOptions.DIALS_OFFSET) : how;
  }
}
