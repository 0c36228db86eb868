package org.mdx.bench.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.RefineParameter;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.RefinedParameter;
import org.mdx.bragg.refine.Refiner;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/**
 * Refines simulated sweeps of which everything is known, from the geometry of the headers and the
 * true crystal as it is in the middle of the scan. Prints a line for each: errors over their
 * standard uncertainties of the edges, the distance and the orientation, and the greatest and the
 * root mean square error of the orientation (degrees) and of the edges (parts of 10⁴) along the
 * scan, which is seen from rotation axis and beam.
 *
 * <p>Arguments: kinds such as {@code demo,drift}, first and last seed, and {@code static} or {@code
 * varying}.
 */
public final class RefineStudy {
  private static final double NEAR_PX = 2;
  private static final double NEAR_FRAMES = 1.5;

  private RefineStudy() {}

  /**
   * Runs the study.
   *
   * @param args kinds, first seed, last seed, static or varying
   */
  public static void main(String[] args) {
    boolean varying = args.length < 4 || args[3].equals("varying");
    List<Double> ratios = new ArrayList<>();
    for (String label : args[0].split(",")) {
      for (int seed = Integer.parseInt(args[1]); seed <= Integer.parseInt(args[2]); seed++) {
        System.out.println(line(SweepKind.ofLabel(label), seed, varying, ratios));
      }
      double[] sorted = ratios.stream().mapToDouble(r -> r).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%s: |error|/σ median %.2f, 95 %% %.2f of %d%n",
          label,
          sorted[sorted.length / 2],
          sorted[sorted.length * 95 / 100],
          sorted.length);
      ratios.clear();
    }
  }

  private static String line(SweepKind kind, int seed, boolean varying, List<Double> ratios) {
    SpotSweep sweep = kind.sweep(seed);
    Reflections spots =
        Bragg.sweep(sweep.series())
            .findSpots(o -> o.finiteSize(false))
            .spots()
            .get(0)
            .reflections();
    Reflections indexed = indexed(sweep, spots);
    Geometry truth = sweep.trueGeometries().get(0);
    Crystal drifting = truth.crystal().orElseThrow();
    double middle = truth.scan().frames() / 2.0;
    Geometry start =
        sweep
            .header()
            .withCrystal(
                Crystal.ofRealSpaceAxes(drifting.a(middle).inverse(), drifting.spaceGroup()));
    RefineOptions options = RefineOptions.defaults().scanVarying(varying);
    long before = System.nanoTime();
    Refined refined = Refiner.refine(start, indexed, options);
    double seconds = (System.nanoTime() - before) * 1e-9;
    Geometry found = refined.geometries().get(0);
    StringBuilder b = new StringBuilder();
    b.append(
        String.format(
            Locale.ROOT,
            "%-12s %3d %6d used %4.1f %% out %s %.2f s",
            kind.label(),
            seed,
            refined.used(),
            100.0 * refined.outliers() / refined.used(),
            refined.isConverged() ? " " : "not converged",
            seconds));
    b.append("  cell");
    double[] off = difference(found.crystal().orElseThrow().cell(), mean(drifting));
    double[] sigmas = refined.cellSigmas(0);
    for (int k = 0; k < 6; k++) {
      boolean same = k > 0 && k < 3 && Math.abs(sigmas[k] - sigmas[k - 1]) < 1e-12;
      if (sigmas[k] > 0 && !same) {
        append(b, off[k] / sigmas[k], ratios);
      }
    }
    double[] distance = distance(found, truth, refined);
    if (distance[1] > 0) {
      b.append(String.format(Locale.ROOT, "  distance %+.4f mm", distance[0]));
      append(b, distance[0] / distance[1], ratios);
    }
    if (found.crystal().orElseThrow().scanPoints().isEmpty()) {
      Vec3 turn = turn(seen(found, middle), seen(truth, middle));
      orientation(turn, refined, b, ratios);
    }
    return b + along(found, truth);
  }

  private static void append(StringBuilder b, double ratio, List<Double> ratios) {
    b.append(String.format(Locale.ROOT, " %+.1f", ratio));
    ratios.add(Math.abs(ratio));
  }

  private static double[] difference(UnitCell a, UnitCell b) {
    return new double[] {
      a.a() - b.a(),
      a.b() - b.b(),
      a.c() - b.c(),
      a.alpha() - b.alpha(),
      a.beta() - b.beta(),
      a.gamma() - b.gamma()
    };
  }

  private static void orientation(
      Vec3 degrees, Refined refined, StringBuilder b, List<Double> ratios) {
    double[] v = {degrees.x(), degrees.y(), degrees.z()};
    b.append("  orientation");
    int at = 0;
    for (RefinedParameter p : refined.parameters()) {
      if (p.group() == RefineParameter.ORIENTATION) {
        append(b, Math.toRadians(v[at++]) * 1e3 / p.sigma(), ratios);
      }
    }
  }

  /** Mean over the scan. */
  private static UnitCell mean(Crystal c) {
    if (c.scanPoints().isEmpty()) {
      return c.cell();
    }
    double[] sum = new double[6];
    for (Mat3 a : c.scanPoints()) {
      UnitCell u = UnitCell.ofAxes(a.inverse());
      double[] v = {u.a(), u.b(), u.c(), u.alpha(), u.beta(), u.gamma()};
      for (int k = 0; k < 6; k++) {
        sum[k] += v[k] / c.scanPoints().size();
      }
    }
    return new UnitCell(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5]);
  }

  private static double[] distance(Geometry found, Geometry truth, Refined refined) {
    double sigma =
        refined.parameters().stream()
            .filter(p -> p.group() == RefineParameter.DISTANCE)
            .mapToDouble(RefinedParameter::sigma)
            .findFirst()
            .orElse(0);
    Panel a = found.detector().panels().get(0);
    Panel b = truth.detector().panels().get(0);
    return new double[] {
      Math.abs(a.origin().dot(a.normal())) - Math.abs(b.origin().dot(b.normal())), sigma
    };
  }

  /** S·R·F·A seen from the rotation axis and the beam. */
  private static Mat3 seen(Geometry g, double position) {
    Vec3 e = g.goniometer().laboratoryAxis();
    Vec3 s0 = g.beam().s0();
    Vec3 z = s0.minus(e.times(s0.dot(e))).unit();
    return Mat3.ofRows(e, z.cross(e), z).times(g.ub(g.scan().phiAt(position)));
  }

  /** S·R·F·A seen from the beam and the detector. */
  private static Mat3 seenByDetector(Geometry g, double position) {
    Vec3 z = g.beam().s0().unit();
    Vec3 fast = g.detector().panels().get(0).fast();
    Vec3 x = fast.minus(z.times(fast.dot(z))).unit();
    return Mat3.ofRows(x, z.cross(x), z).times(g.ub(g.scan().phiAt(position)));
  }

  /** The rotation vector between two settings, degrees. */
  private static Vec3 turn(Mat3 found, Mat3 expected) {
    Mat3 r = found.times(expected.inverse());
    return new Vec3(r.m21() - r.m12(), r.m02() - r.m20(), r.m10() - r.m01())
        .times(Math.toDegrees(0.5));
  }

  private static String along(Geometry found, Geometry truth) {
    double most = 0;
    double squares = 0;
    double mostCell = 0;
    int frames = truth.scan().frames();
    double axis = 0;
    for (int e = 0; e <= frames; e++) {
      Vec3 off = turn(seenByDetector(found, e), seenByDetector(truth, e));
      axis = Math.max(axis, turn(seen(found, e), seen(truth, e)).norm());
      most = Math.max(most, off.norm());
      squares += off.dot(off) / (frames + 1);
      UnitCell a = UnitCell.ofAxes(found.crystal().orElseThrow().a(e).inverse());
      UnitCell b = UnitCell.ofAxes(truth.crystal().orElseThrow().a(e).inverse());
      mostCell = Math.max(mostCell, Math.abs(a.a() / b.a() - 1));
      mostCell = Math.max(mostCell, Math.abs(a.b() / b.b() - 1));
      mostCell = Math.max(mostCell, Math.abs(a.c() / b.c() - 1));
    }
    return String.format(
        Locale.ROOT,
        "  orientation° max %.4f rms %.4f, from the axis %.4f, cell 1e-4 max %.2f%s",
        most,
        Math.sqrt(squares),
        axis,
        1e4 * mostCell,
        found.crystal().orElseThrow().scanPoints().isEmpty() ? " static" : "");
  }

  /** The spots near true ones, with their indices. */
  private static Reflections indexed(SpotSweep sweep, Reflections spots) {
    double[] at = spots.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = spots.get(ReflectionKeys.PANEL);
    int first = sweep.header().scan().firstImage() - 1;
    List<TrueSpot> truth = new ArrayList<>(sweep.spots());
    truth.sort((a, b) -> Double.compare(a.px(), b.px()));
    double[] px = truth.stream().mapToDouble(TrueSpot::px).toArray();
    int[] index = new int[3 * spots.size()];
    int[] id = new int[spots.size()];
    for (int i = 0; i < spots.size(); i++) {
      int from = Arrays.binarySearch(px, at[3 * i] - NEAR_PX);
      TrueSpot best = null;
      double least = 1;
      for (int j = from < 0 ? -from - 1 : from;
          j < px.length && px[j] <= at[3 * i] + NEAR_PX;
          j++) {
        TrueSpot t = truth.get(j);
        double dz = (t.frame() - at[3 * i + 2] + first) / NEAR_FRAMES;
        double d = Math.hypot(Math.hypot(t.px() - at[3 * i], t.py() - at[3 * i + 1]) / NEAR_PX, dz);
        if (t.panel() == panel[i] && d < least && t.recorded() > 0) {
          least = d;
          best = t;
        }
      }
      id[i] = best == null ? -1 : 0;
      if (best != null) {
        index[3 * i] = best.h();
        index[3 * i + 1] = best.k();
        index[3 * i + 2] = best.l();
      }
    }
    return spots.with(ReflectionKeys.ID, id).with(ReflectionKeys.MILLER_INDEX, index);
  }
}
