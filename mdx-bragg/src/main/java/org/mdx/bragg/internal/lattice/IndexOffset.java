package org.mdx.bragg.internal.lattice;

import java.util.List;
import java.util.Locale;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Whether all indices are off by one and the same vector, as they are if the beam centre is wrong
 * by the distance of neighbouring spots. A scan of some width tells: the wrong vector turns with
 * the crystal and the right one does not.
 */
public final class IndexOffset {
  private static final int REACH = 2;
  private static final int MOST_POINTS = 300;
  private static final double GAIN = 10;

  /** Scans from here on tell by themselves, degrees. */
  private static final double WIDE = 30;

  private IndexOffset() {}

  private record Trial(LatticeFit.Result fit, double logOdds) {}

  /** The model with better indices, or the same one; reports what it tried. */
  public static LatticeModel checked(
      LatticeModel m, LatticeModel.Way way, Parallel parallel, List<String> log) {
    double range = m.points().range();
    if (range == 0 || range >= WIDE) {
      return m;
    }
    Points sample = m.points().sample(MOST_POINTS);
    LatticeModel here = LatticeModel.of(sample, m.a(), way);
    int n = 2 * REACH + 1;
    Trial[] trials = new Trial[n * n * n];
    parallel.forEach(
        trials.length,
        i -> trials[i] = trial(here, here.a(), shifted(here.assigned().hkl(), offset(i, n)), way));
    int best = trials.length / 2;
    int second = -1;
    for (int i = 0; i < trials.length; i++) {
      if (trials[i] != null && trials[i].logOdds() > trials[best].logOdds() + GAIN) {
        best = i;
      }
      boolean other = trials[i] != null && i != trials.length / 2;
      second = other && (second < 0 || trials[i].logOdds() > trials[second].logOdds()) ? i : second;
    }
    if (second >= 0) {
      int[] d = offset(second, n);
      log.add(
          String.format(
              Locale.ROOT,
              "indices + (%d %d %d), the best of all offsets up to 2: log odds %+.0f",
              d[0],
              d[1],
              d[2],
              trials[second].logOdds() - trials[trials.length / 2].logOdds()));
    }
    if (best == trials.length / 2) {
      return m;
    }
    LatticeFit.Result fit = trials[best].fit();
    LatticeModel other = LatticeModel.of(m.points().with(fit.geometries()), fit.a(), way);
    LatticeModel refined = other.refined(way, 1, 1);
    return refined.score().logOdds() > m.score().logOdds() + GAIN ? refined : m;
  }

  private static int[] offset(int i, int n) {
    return new int[] {i / n / n - REACH, i / n % n - REACH, i % n - REACH};
  }

  private static int[] shifted(int[] hkl, int[] offset) {
    int[] out = hkl.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] += offset[i % 3];
    }
    return out;
  }

  private static Trial trial(LatticeModel here, Mat3 a, int[] hkl, LatticeModel.Way way) {
    Points p = here.points();
    LatticeFit.Result fit =
        new LatticeFit(p, hkl, here.assigned().which(), a, way.laue(), way.free()).solve(a);
    if (fit == null || !(fit.a().determinant() / a.determinant() > 0.5)) {
      return new Trial(fit, Double.NEGATIVE_INFINITY);
    }
    Mat3 kept = way.laue() == null ? fit.a() : Symmetrised.of(fit.a(), way.laue());
    double odds = LatticeScore.of(p.with(fit.geometries()), kept).logOdds();
    return new Trial(new LatticeFit.Result(kept, fit.geometries(), fit.rmsd()), odds);
  }

  /**
   * Whether all points lie on a part of the lattice that leaves out the origin, as they do if the
   * beam centre is off along the rotation axis by a fraction of the distance of spots: then the
   * cell is a multiple of the true one.
   *
   * @return the smaller cell with the beam where its points include the origin, or the same model
   */
  public static LatticeModel withOrigin(
      LatticeModel m, LatticeModel.Way way, Parallel parallel, List<String> log) {
    CellCheck.Condition c = CellCheck.condition(m, true);
    if (c == null) {
      return m;
    }
    Points sample = m.points().sample(MOST_POINTS);
    LatticeModel here = LatticeModel.of(sample, m.a(), way);
    Mat3 smaller = CellCheck.divided(m.a(), c.u(), c.n());
    Mat3 toSmaller = smaller.inverse().times(m.a());
    int n = 2 * REACH + 1;
    Trial[] trials = new Trial[n * n * n];
    parallel.forEach(
        trials.length,
        i -> {
          int[] d = offset(i, n);
          int sum = d[0] * c.u()[0] + d[1] * c.u()[1] + d[2] * c.u()[2] + c.remainder();
          if (Math.floorMod(sum, c.n()) == 0) {
            int[] hkl = shifted(here.assigned().hkl(), d);
            trials[i] = trial(here, smaller, changed(hkl, toSmaller), way);
          }
        });
    Trial best = null;
    for (Trial t : trials) {
      best = t != null && (best == null || t.logOdds() > best.logOdds()) ? t : best;
    }
    if (best == null || !(best.logOdds() > here.score().logOdds() + GAIN)) {
      return m;
    }
    Points moved = m.points().with(best.fit().geometries());
    LatticeModel other = LatticeModel.of(moved, best.fit().a(), way).refined(way, 1, 1);
    if (!(other.score().logOdds() > m.score().logOdds() + GAIN)) {
      return m;
    }
    log.add(c + ": the beam centre is off and the cell is " + c.n() + " times smaller");
    return other;
  }

  private static int[] changed(int[] hkl, Mat3 change) {
    int[] out = new int[hkl.length];
    for (int i = 0; i < hkl.length; i += 3) {
      Vec3 h = change.times(new Vec3(hkl[i], hkl[i + 1], hkl[i + 2]));
      out[i] = (int) Math.rint(h.x());
      out[i + 1] = (int) Math.rint(h.y());
      out[i + 2] = (int) Math.rint(h.z());
    }
    return out;
  }
}
