package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Whether all indices are off by a constant, as {@code dials.check_indexing_symmetry} finds out: if
 * they are off by δ, I(h) goes with I(−h − 2δ), its Friedel mate, and not with I(−h).
 */
final class CheckIndexing implements NativeStep {
  private static final String D_MIN = "d_min";
  private static final String D_MAX = "d_max";
  private static final String GRID = "grid";
  private static final int FEWEST = 10;

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words = StepWords.of(run, D_MIN, D_MAX, GRID);
    TrialSweep sweep = TrialSweep.read(words);
    int grid = words.integer(GRID).orElse(0);
    Map<String, double[]> sums =
        intensities(
            sweep,
            words.number(D_MIN).orElse(0.0),
            words.number(D_MAX).orElse(Double.POSITIVE_INFINITY));
    try (StepLog log = new StepLog(run, out, "dials.check_indexing_symmetry.log")) {
      log.say("offset of h, k, l    pairs      cc of Friedel mates");
      for (int h = -grid; h <= grid; h++) {
        for (int k = -grid; k <= grid; k++) {
          for (int l = -grid; l <= grid; l++) {
            log.say(line(sums, h, k, l));
          }
        }
      }
    }
  }

  /** Σ I and number of the reflections of the first lattice, by their indices. */
  private static Map<String, double[]> intensities(TrialSweep sweep, double dMin, double dMax) {
    Mat3 b = sweep.geometries().get(0).crystal().orElseThrow().cell().reciprocal();
    Reflections r = sweep.reflections();
    int[] hkl = r.get(ReflectionKeys.MILLER_INDEX);
    int[] id = r.get(ReflectionKeys.ID);
    double[] intensity = r.get(ReflectionKeys.INTENSITY_SUM);
    Map<String, double[]> sums = new HashMap<>();
    for (int i = 0; i < r.size(); i++) {
      double d = 1 / b.times(new Vec3(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2])).norm();
      boolean in = d >= dMin && d <= dMax;
      if (in && id[i] == 0 && ReflectionFlag.INTEGRATED_SUM.isSet(r.flags(i))) {
        double[] s =
            sums.computeIfAbsent(
                key(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]), x -> new double[5]);
        s[0] += intensity[i];
        s[1]++;
        System.arraycopy(new double[] {hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]}, 0, s, 2, 3);
      }
    }
    return sums;
  }

  private static String key(int h, int k, int l) {
    return h + " " + k + " " + l;
  }

  private static String line(Map<String, double[]> sums, int dh, int dk, int dl) {
    double[] own = new double[sums.size()];
    double[] mates = new double[sums.size()];
    int n = 0;
    for (double[] s : sums.values()) {
      double[] mate =
          sums.get(key((int) -s[2] - 2 * dh, (int) -s[3] - 2 * dk, (int) -s[4] - 2 * dl));
      if (mate != null && mate != s) {
        own[n] = s[0] / s[1];
        mates[n++] = mate[0] / mate[1];
      }
    }
    double cc =
        n < FEWEST
            ? Double.NaN
            : new PearsonsCorrelation()
                .correlation(java.util.Arrays.copyOf(own, n), java.util.Arrays.copyOf(mates, n));
    return String.format(Locale.ROOT, "%6d %3d %3d %11d %12.3f", dh, dk, dl, n, cc);
  }
}
