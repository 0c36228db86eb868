package org.mdx.bragg.internal.lattice;

import java.util.List;
import java.util.Locale;
import org.mdx.math.Mat3;
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
    parallel.forEach(trials.length, i -> trials[i] = trial(here, way, offset(i, n)));
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

  private static Trial trial(LatticeModel here, LatticeModel.Way way, int[] offset) {
    Points p = here.points();
    int[] hkl = here.assigned().hkl().clone();
    for (int i = 0; i < hkl.length; i++) {
      hkl[i] += offset[i % 3];
    }
    Mat3 a = here.a();
    LatticeFit.Result fit =
        new LatticeFit(p, hkl, here.assigned().which(), a, way.laue(), way.free()).solve(a);
    if (fit == null || !(fit.a().determinant() / a.determinant() > 0.5)) {
      return new Trial(fit, Double.NEGATIVE_INFINITY);
    }
    Mat3 kept = way.laue() == null ? fit.a() : Symmetrised.of(fit.a(), way.laue());
    double odds = LatticeScore.of(p.with(fit.geometries()), kept).logOdds();
    return new Trial(new LatticeFit.Result(kept, fit.geometries(), fit.rmsd()), odds);
  }
}
