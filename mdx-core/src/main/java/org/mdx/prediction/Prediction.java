package org.mdx.prediction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.math.Vec3;
import org.mdx.reflection.Reflections;

/**
 * Where and at which angles the reflections of a crystal are expected. Immutable.
 *
 * <p>A crystal that does not change has its two angles in closed form ({@link DiffractingAngles}).
 * One that changes during the scan, or whose beam does, is solved in rounds: the closed form with A
 * as it is at the last angle tells how far off the angle is, and the secant method makes that 0,
 * within 10⁻¹⁰ degrees. Where the two crossings nearly meet they are searched for step by step.
 * Beyond the ends of the scan A is that of the end.
 */
public final class Prediction {
  private static final double TURN = 360;

  /** Reflections that graze the sphere with A at the middle may cross it elsewhere. */
  private static final double SLACK = 0.05;

  /** Degrees by which a changing crystal may move a root into the scan from beyond its ends. */
  private static final double REACH = 20;

  /** Sine of half the angle between the crossings, below which they are searched for. */
  private static final double GRAZING = 0.15;

  private static final double SEARCH_STEP = 0.25;
  private static final int ROUNDS = 50;
  private static final double LARGEST_STEP = 5;
  private static final double CONVERGED = 1e-10;

  private final Geometry geometry;
  private final Crystal crystal;
  private final boolean fixed;
  private final DiffractingAngles start;

  private Prediction(Geometry geometry, Crystal crystal) {
    this.geometry = geometry;
    this.crystal = crystal;
    fixed = crystal.scanPoints().isEmpty() && !geometry.beam().isVarying();
    start = angles(geometry.scan().frames() / 2.0);
  }

  /**
   * The prediction of a sweep.
   *
   * @param geometry of an indexed sweep
   * @return what is expected
   * @throws IllegalArgumentException if there is no crystal
   */
  public static Prediction of(Geometry geometry) {
    Crystal crystal =
        geometry
            .crystal()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the geometry has no crystal: index the sweep before predicting it"));
    return new Prediction(geometry, crystal);
  }

  /** With crystal and beam as they are at a place of the scan. */
  private DiffractingAngles angles(double position) {
    return new DiffractingAngles(
        geometry.goniometer(), geometry.beam().s0(position), crystal.a(position));
  }

  /** The incident beam at an angle. */
  private Vec3 s0(double phi) {
    return geometry.beam().s0(geometry.scan().position(phi));
  }

  /**
   * The geometry that it was made of.
   *
   * @return the geometry
   */
  public Geometry geometry() {
    return geometry;
  }

  /**
   * All crossings of the Ewald sphere inside the scan; of a scan of more than a turn each is a ray
   * of its own.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return rays in the order of their angles; none for 0, 0, 0
   */
  public List<DiffractedRay> rays(int h, int k, int l) {
    return rays(h, k, l, 0);
  }

  /**
   * All crossings of the Ewald sphere inside the scan and a margin about it.
   *
   * @param h index
   * @param k index
   * @param l index
   * @param margin degrees before the beginning and after the end of the scan, 0 or more
   * @return rays in the order of their angles; none for 0, 0, 0
   */
  public List<DiffractedRay> rays(int h, int k, int l, double margin) {
    Scan scan = geometry.scan();
    double first = Math.min(scan.start(), scan.end()) - margin;
    double last = Math.max(scan.start(), scan.end()) + margin;
    double[] both = new double[2];
    List<DiffractedRay> rays = new ArrayList<>();
    if (!start.solve(h, k, l, fixed ? 0 : SLACK, both)) {
      return rays;
    }
    double half = Math.toRadians((both[0] - both[1]) / 2);
    if (!fixed && Math.abs(Math.sin(half)) < GRAZING) {
      double touching = (both[0] + both[1]) / 2 + (Math.cos(half) < 0 ? TURN / 2 : 0);
      for (double at = above(touching, first - REACH); at <= last + REACH; at += TURN) {
        search(h, k, l, Math.max(first, at - REACH), Math.min(last, at + REACH), rays);
      }
      return rays;
    }
    for (int branch = 0; branch < 2; branch++) {
      double reach = fixed ? 0 : REACH;
      for (double phi = above(both[branch], first - reach); phi <= last + reach; phi += TURN) {
        double at = fixed ? phi : settle(h, k, l, branch, phi);
        if (at >= first && at <= last) {
          rays.add(ray(h, k, l, at, branch == 0));
        }
      }
    }
    rays.sort(Comparator.comparingDouble(DiffractedRay::phi));
    return rays;
  }

  /**
   * Crossings of a reflection that grazes the sphere, which a changing crystal may make or unmake.
   */
  private void search(int h, int k, int l, double from, double to, List<DiffractedRay> rays) {
    Vec3 index = new Vec3(h, k, l);
    UnivariateFunction outside =
        phi -> s0(phi).plus(geometry.ub(phi).times(index)).norm() - s0(phi).norm();
    int steps = (int) Math.ceil((to - from) / SEARCH_STEP);
    double left = from;
    double atLeft = outside.value(left);
    for (int i = 1; i <= steps; i++) {
      double right = i == steps ? to : from + i * SEARCH_STEP;
      double atRight = outside.value(right);
      if (atLeft * atRight < 0) {
        double phi = new BrentSolver(1e-14, CONVERGED, 0).solve(ROUNDS, outside, left, right);
        rays.add(ray(h, k, l, phi, atLeft > 0));
      }
      left = right;
      atLeft = atRight;
    }
  }

  /** The angle plus whole turns that is the first not below a limit. */
  private static double above(double phi, double limit) {
    double turned = phi + TURN * Math.ceil((limit - phi) / TURN);
    return turned < limit ? turned + TURN : turned;
  }

  /** The angle plus whole turns that is nearest to another. */
  private static double nearest(double phi, double to) {
    return phi + TURN * Math.rint((to - phi) / TURN);
  }

  /** The angle with A as it is there, by the secant method, or NaN if it does not settle. */
  private double settle(int h, int k, int l, int branch, double from) {
    double[] both = new double[2];
    double before = Double.NaN;
    double missBefore = Double.NaN;
    double phi = from;
    for (int round = 0; round < ROUNDS; round++) {
      DiffractingAngles here = angles(geometry.scan().position(phi));
      if (!here.solve(h, k, l, SLACK, both)) {
        return Double.NaN;
      }
      double miss = nearest(both[branch], phi) - phi;
      if (Math.abs(miss) <= CONVERGED) {
        return here.solve(h, k, l, 0, both) ? phi + miss : Double.NaN;
      }
      double step = miss;
      if (round > 0 && miss != missBefore) {
        step = -miss * (phi - before) / (miss - missBefore);
        step = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step));
      }
      before = phi;
      missBefore = miss;
      phi += step;
    }
    return Double.NaN;
  }

  private DiffractedRay ray(int h, int k, int l, double phi, boolean entering) {
    return new DiffractedRay(
        phi, s0(phi).plus(geometry.ub(phi).times(new Vec3(h, k, l))), entering);
  }

  /**
   * The crossing nearest to an angle, inside the scan or not.
   *
   * @param h index
   * @param k index
   * @param l index
   * @param phi degrees
   * @return the ray; empty if the reflection does not cross the Ewald sphere
   */
  public Optional<DiffractedRay> nearest(int h, int k, int l, double phi) {
    DiffractingAngles here = fixed ? start : angles(geometry.scan().position(phi));
    double[] both = new double[2];
    if (!here.solve(h, k, l, fixed ? 0 : SLACK, both)) {
      return Optional.empty();
    }
    DiffractedRay best = null;
    for (int branch = 0; branch < 2; branch++) {
      double at = nearest(both[branch], phi);
      at = fixed ? at : settle(h, k, l, branch, at);
      if (!Double.isNaN(at) && (best == null || Math.abs(at - phi) < Math.abs(best.phi() - phi))) {
        best = ray(h, k, l, at, branch == 0);
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Predicts every reflection that the scan brings onto the detector.
   *
   * @param dMin resolution in Å, above 0
   * @param margin degrees before the beginning and after the end of the scan, 0 or more
   * @return reflections without those that are systematically absent, in the order of h, k, l and
   *     φ, with the columns {@code miller_index}, {@code id} (0), {@code panel}, {@code s1}, {@code
   *     entering}, {@code xyzcal.px}, {@code xyzcal.mm}, {@code d} and {@code flags} (predicted)
   * @throws IllegalArgumentException if a value is out of range, or so many that an array cannot
   *     hold them are expected
   */
  public Reflections predictAll(double dMin, double margin) {
    if (!(dMin > 0) || !(margin >= 0 && margin <= TURN)) {
      throw new IllegalArgumentException(
          "resolution " + dMin + " Å, must be above 0; margin " + margin + "°, must be 0 to 360");
    }
    PredictedRows rows = new PredictedRows(geometry);
    new IndexSphere(crystal.cell(), dMin)
        .forEach(
            (h, k, l) -> {
              for (DiffractedRay ray : rays(h, k, l, margin)) {
                rows.add(h, k, l, ray);
              }
            });
    return rows.reflections();
  }

  /**
   * Predicts reflections that are indexed: of the crossings the one nearest to the angle that was
   * observed.
   *
   * @param indexed reflections with the columns {@code miller_index} and {@code xyzobs.px.value}
   * @return the same with the columns {@code xyzcal.px}, {@code xyzcal.mm}, {@code s1}, {@code
   *     entering} and the flag {@code predicted}; where the index is 0, 0, 0 or is not expected
   *     anywhere the flag is not set, the prediction is 0, and a direction that was there stays
   * @throws IllegalArgumentException if a column is missing
   */
  public Reflections predict(Reflections indexed) {
    return PredictedRows.fill(this, indexed);
  }
}
