package org.mdx.bench.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.BraggSweep;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.IndexingFailure;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/**
 * Finds and indexes simulated sweeps of which every spot is known. Prints a line for each: part of
 * the full reflections found by I/σ, part of the found spots that are reflections, mean error of
 * the centroids of strong ones, and whether the lattices are the true ones (cell within 0.5 %,
 * orientation within 0.5°).
 *
 * <p>Arguments: kinds such as {@code demo,wedge} or {@code all}, first and last seed.
 */
public final class BraggStudy {
  private static final double NEAR_PX = 2;
  private static final double NEAR_FRAMES = 1.5;
  private static final double STRONG = 30;

  private BraggStudy() {}

  /**
   * Runs the study.
   *
   * @param args kinds, first seed, last seed
   */
  public static void main(String[] args) {
    List<SweepKind> kinds =
        args[0].equals("all")
            ? List.of(SweepKind.values())
            : Arrays.stream(args[0].split(",")).map(SweepKind::ofLabel).toList();
    System.out.println(
        "kind           seed  spots  I/σ 3-5   > 5  are spots  bias px, px, frame        indexed"
            + "  lattices");
    for (SweepKind kind : kinds) {
      for (int seed = Integer.parseInt(args[1]); seed <= Integer.parseInt(args[2]); seed++) {
        System.out.println(line(kind, seed));
      }
    }
  }

  private static String line(SweepKind kind, int seed) {
    SpotSweep sweep = kind.sweep(seed);
    BraggSweep found = Bragg.sweep(sweep.series()).findSpots();
    Reflections spots = found.spots().get(0).reflections();
    String head =
        String.format(Locale.ROOT, "%-14s %4d %6d", kind.label(), seed, spots.size())
            + matched(sweep, spots);
    try {
      int lattices = sweep.trueGeometries().size();
      Indexed indexed = found.index(o -> o.maxLattices(lattices)).indexed().orElseThrow();
      return head
          + String.format(
              Locale.ROOT,
              "  %6.3f  %d of %d",
              (double) indexed.indexed() / indexed.spots(),
              right(sweep, indexed),
              lattices);
    } catch (IndexingFailure e) {
      return head + "  not indexed: " + e.getMessage().lines().findFirst().orElse("");
    }
  }

  /** Recall by I/σ, precision and bias. */
  private static String matched(SpotSweep sweep, Reflections spots) {
    double[] at = spots.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = spots.get(ReflectionKeys.PANEL);
    int first = sweep.header().scan().firstImage() - 1;
    List<TrueSpot> truth = new ArrayList<>(sweep.spots());
    truth.sort((a, b) -> Double.compare(a.px(), b.px()));
    double[] px = truth.stream().mapToDouble(TrueSpot::px).toArray();
    boolean[] seen = new boolean[px.length];
    int real = 0;
    double[] bias = new double[4];
    for (int i = 0; i < spots.size(); i++) {
      double x = at[3 * i];
      double y = at[3 * i + 1];
      double z = at[3 * i + 2] - first;
      int best = nearest(truth, px, panel[i], x, y, z);
      if (best < 0) {
        continue;
      }
      real++;
      seen[best] = true;
      TrueSpot t = truth.get(best);
      if (t.isFull() && t.signalToNoise() > STRONG) {
        bias[0] += x - t.px();
        bias[1] += y - t.py();
        bias[2] += z - t.frame();
        bias[3]++;
      }
    }
    return String.format(
        Locale.ROOT,
        "   %6.3f %6.3f %6.3f    %+.4f %+.4f %+.4f (%d)",
        recall(truth, seen, 3, 5),
        recall(truth, seen, 5, Double.POSITIVE_INFINITY),
        (double) real / spots.size(),
        bias[0] / bias[3],
        bias[1] / bias[3],
        bias[2] / bias[3],
        (int) bias[3]);
  }

  private static int nearest(
      List<TrueSpot> truth, double[] px, int panel, double x, double y, double z) {
    int from = Arrays.binarySearch(px, x - NEAR_PX);
    int best = -1;
    double least = 1;
    for (int j = from < 0 ? -from - 1 : from; j < px.length && px[j] <= x + NEAR_PX; j++) {
      TrueSpot t = truth.get(j);
      double dz = (t.frame() - z) / NEAR_FRAMES;
      double d = Math.hypot(Math.hypot(t.px() - x, t.py() - y) / NEAR_PX, dz);
      if (t.panel() == panel && d < least && t.recorded() > 0) {
        least = d;
        best = j;
      }
    }
    return best;
  }

  private static double recall(List<TrueSpot> truth, boolean[] seen, double from, double to) {
    int all = 0;
    int n = 0;
    for (int j = 0; j < seen.length; j++) {
      TrueSpot t = truth.get(j);
      if (t.isFull() && t.signalToNoise() >= from && t.signalToNoise() < to) {
        all++;
        n += seen[j] ? 1 : 0;
      }
    }
    return (double) n / all;
  }

  /** How many of the true lattices were found. */
  private static int right(SpotSweep sweep, Indexed indexed) {
    int n = 0;
    for (Geometry g : sweep.trueGeometries()) {
      Mat3 truth = g.crystal().orElseThrow().a();
      int points = points(g.crystal().orElseThrow().spaceGroup().centring());
      n +=
          indexed.lattices().stream().anyMatch(l -> isSame(truth, points, l.crystal().a())) ? 1 : 0;
    }
    return n;
  }

  /** Lattice points of a cell. */
  private static int points(char centring) {
    return switch (centring) {
      case 'P' -> 1;
      case 'R', 'H' -> 3;
      case 'F' -> 4;
      default -> 2;
    };
  }

  private static boolean isSame(Mat3 truth, int points, Mat3 found) {
    double volumes = found.determinant() / truth.determinant() / points;
    if (Math.abs(Math.abs(volumes) - 1) > 0.015) {
      return false;
    }
    // the found points are points of the truth
    for (int i = 0; i < 3; i++) {
      Vec3 r = found.times(new Vec3(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0));
      Vec3 h = truth.inverse().times(r);
      Vec3 near = truth.times(new Vec3(Math.rint(h.x()), Math.rint(h.y()), Math.rint(h.z())));
      double angle = Math.toDegrees(Math.atan2(near.cross(r).norm(), near.dot(r)));
      if (Math.abs(near.norm() / r.norm() - 1) > 0.005 || angle > 0.5) {
        return false;
      }
    }
    return true;
  }
}
