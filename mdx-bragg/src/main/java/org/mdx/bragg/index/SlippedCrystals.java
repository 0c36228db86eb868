package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.lattice.Assignment;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.LatticeScore;
import org.mdx.bragg.internal.lattice.Misorientation;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;

/**
 * The orientations that a crystal slipped to during a scan. The spots of each stretch of images
 * that are not of the lattice of the others are indexed by themselves, as those of the same cell.
 */
final class SlippedCrystals {
  /** Spots that show another orientation of a known cell. */
  private static final int FEWEST_SPOTS = 50;

  /** Part of the spots of its images that a lattice must explain. */
  private static final double SHARE = 0.6;

  /** How far edges, relative, and angles, degrees, may be from those of the first lattice. */
  private static final double EDGE = 0.03;

  private static final double ANGLE = 2;

  /** Turns below so many degrees are those of a crystal that drifts, which refinement follows. */
  private static final double LEAST_TURN = 1;

  /** Probability of spots that are of a lattice. */
  private static final double BELONGS = 0.1;

  /** Most times that a crystal is looked for anew. */
  private static final int MOST = 8;

  /** Images of a scan whose quarters tell something. */
  private static final int FEWEST_FRAMES = 12;

  /** Logarithm of the odds of each spot that a lattice of a quarter must have. */
  private static final double CLEAR = 8;

  /** Lattices, and the part of all spots that they must explain, where none does by itself. */
  private static final int MOST_OF_QUARTER = 3;

  private static final double EXPLAINED = 0.85;

  private final LatticeModel first;
  private final Points points;
  private final int frames;
  private final KnownCell known;
  private final UnitCell cell;
  private final LatticeSearch search;
  private final List<String> log;

  private final List<LatticeModel> models = new ArrayList<>();

  private SlippedCrystals(
      LatticeModel first,
      IndexOptions options,
      KnownCell asked,
      Parallel parallel,
      List<String> log) {
    this.first = first;
    this.points = first.points();
    this.frames = points.geometries.get(0).scan().frames();
    this.cell = UnitCell.ofAxes(asked.conventional(first.a()).inverse());
    this.known = new KnownCell(cell, asked.group());
    this.log = log;
    this.search = new LatticeSearch(options, known, parallel, log);
    models.add(first);
  }

  /**
   * Lattices with the images of each.
   *
   * @param models the first one as it was, and what it slipped to
   * @param shares images of each
   */
  record Found(List<LatticeModel> models, ScanShares shares) {}

  /**
   * Looks at the images whose spots are not of the lattice.
   *
   * @param first lattice of one sweep
   * @param asked what is known of it
   * @param log told of each stretch
   * @return the lattice alone if there are no such images, or no lattice is found there
   */
  static Found of(
      LatticeModel first,
      IndexOptions options,
      KnownCell asked,
      Parallel parallel,
      List<String> log) {
    SlippedCrystals s = new SlippedCrystals(first, options, asked, parallel, log);
    s.run();
    return new Found(s.models, ScanShares.of(s.models, false));
  }

  /**
   * The first lattice where none explains enough of the spots since the crystal slipped twice: that
   * of the spots of a quarter of the scan, if it and few others of its cell explain the whole.
   *
   * @param all spots of one sweep
   * @return the lattice for all spots, or null
   */
  static LatticeModel ofQuarter(
      Points all, IndexOptions options, KnownCell asked, Parallel parallel, List<String> log) {
    int frames = all.geometries.get(0).scan().frames();
    LatticeModel best = null;
    for (int eighth : new int[] {0, 3, 6}) {
      double from = frames * eighth / 8.0;
      int[] spots =
          IntStream.range(0, all.size())
              .filter(i -> all.place[3 * i + 2] >= from)
              .filter(i -> all.place[3 * i + 2] < from + frames / 4.0)
              .toArray();
      if (frames < FEWEST_FRAMES || spots.length < 2 * FEWEST_SPOTS) {
        continue;
      }
      LatticeModel m =
          new LatticeSearch(options, asked, parallel, new ArrayList<>()).find(all.select(spots));
      boolean clear = LatticeSearch.good(m) && m.score().logOdds() > CLEAR * m.indexed();
      best = clear && (best == null || m.indexed() > best.indexed()) ? m : best;
    }
    if (best == null) {
      return null;
    }
    LatticeModel.Way way =
        new LatticeModel.Way(Assignment.TOLERANCE, asked.laue(), LatticeFit.Free.NOTHING);
    LatticeModel first = LatticeModel.of(all.with(best.points().geometries), best.a(), way);
    Found found = of(first, options, asked, parallel, new ArrayList<>());
    int explained = 0;
    for (int l = 0; l < found.models().size(); l++) {
      explained += found.shares().count(l, found.models().get(l))[1];
    }
    if (found.models().size() > MOST_OF_QUARTER || explained < EXPLAINED * all.size()) {
      return null;
    }
    log.add(
        "no lattice of all images; that of a quarter of them and "
            + (found.models().size() - 1)
            + " others of its cell explain "
            + explained
            + " of the spots: "
            + LatticeSearch.describe(best));
    return first;
  }

  private void run() {
    Set<List<Integer>> tried = new HashSet<>();
    for (int round = 0; round < MOST; round++) {
      ScanShares shares = ScanShares.of(models, true);
      LatticeModel next = null;
      for (int[] stretch : strange(shares)) {
        int[] spots = spots(stretch);
        if (next == null
            && spots.length >= FEWEST_SPOTS
            && tried.add(List.of(stretch[0], stretch[1]))) {
          next = lattice(stretch, spots);
        }
      }
      if (next == null) {
        return;
      }
      models.add(next);
      if (!last()) {
        models.remove(next);
        log.add("it has hardly an image of its own");
      }
    }
  }

  /** Whether the last lattice has images, and their spots are its own. */
  private boolean last() {
    int l = models.size() - 1;
    int[] counts = ScanShares.of(models, true).count(l, models.get(l));
    return counts[0] >= FEWEST_SPOTS && counts[1] > SHARE * counts[0];
  }

  private int[] spots(int[] stretch) {
    return IntStream.range(0, points.size())
        .filter(
            i -> {
              int f = ScanShares.frame(points, i, frames);
              return f >= stretch[0] && f < stretch[1];
            })
        .toArray();
  }

  /**
   * Stretches of images of which none of the lattices is that of the spots. After a small slip of a
   * small cell many lie within 0.3 of an index, but too far for their errors.
   */
  private List<int[]> strange(ScanShares shares) {
    int[] spots = new int[frames];
    int[] indexed = new int[frames];
    for (int i = 0; i < points.size(); i++) {
      spots[ScanShares.frame(points, i, frames)] += points.density[i] > 0 ? 1 : 0;
    }
    for (int l = 0; l < models.size(); l++) {
      LatticeModel m = models.get(l);
      double[] x = LatticeScore.residuals(points, m.a(), m.assigned().rest());
      for (int i : m.assigned().which()) {
        boolean own = shares.has(l, points, i) && points.density[i] > 0;
        boolean near = own && m.score().belongs(points, x, i, m.volume()) > BELONGS;
        indexed[ScanShares.frame(points, i, frames)] += near ? 1 : 0;
      }
    }
    return StrangeImages.of(spots, indexed);
  }

  /** The lattice of some spots in the axes that turn the first one least, or null. */
  private LatticeModel lattice(int[] stretch, int[] spots) {
    int number = points.geometries.get(0).scan().firstImage();
    log.add(
        String.format(
            Locale.ROOT,
            "the %d spots of the images %d to %d, which are not of the lattice:",
            spots.length,
            number + stretch[0],
            number + stretch[1] - 1));
    LatticeModel m = search.find(points.select(spots));
    if (m == null || !Indexer.convincing(m) || !LatticeSearch.sharp(m) || !isSameCell(m)) {
      log.add("no lattice of this cell explains them");
      return null;
    }
    LatticeModel.Way way =
        new LatticeModel.Way(Assignment.TOLERANCE, known.laue(), LatticeFit.Free.NOTHING);
    LatticeModel own = LatticeModel.of(points.select(spots), m.a(), way).refined(way, 1, 1);
    for (LatticeModel other : models) {
      double turn = Misorientation.degrees(other.a(), own.a());
      if (turn < LEAST_TURN) {
        log.add(String.format(Locale.ROOT, "it is turned by %.2f° only, not another one", turn));
        return null;
      }
    }
    return LatticeModel.of(points, Misorientation.nearest(first.a(), own.a(), known), way);
  }

  private boolean isSameCell(LatticeModel m) {
    UnitCell c = UnitCell.ofAxes(known.conventional(m.a()).inverse());
    return Math.abs(c.a() / cell.a() - 1) < EDGE
        && Math.abs(c.b() / cell.b() - 1) < EDGE
        && Math.abs(c.c() / cell.c() - 1) < EDGE
        && Math.abs(c.alpha() - cell.alpha()) < ANGLE
        && Math.abs(c.beta() - cell.beta()) < ANGLE
        && Math.abs(c.gamma() - cell.gamma()) < ANGLE;
  }
}
