package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.bragg.internal.intensity.WilsonDensity;
import org.mdx.crystal.SpaceGroup;

/**
 * Which absences of the space groups of a Laue group the intensities have. Each class of groups
 * gets the product, over the reflections that any of them makes absent, of the density of an absent
 * or of a Wilson-distributed intensity. A part of 2 % of reflections is allowed to be of the other
 * kind, so that no single one decides.
 */
final class AbsenceSearch {
  private static final double WRONG = 0.02;

  /** What a neighbour may leak into an absent reflection, as a part of the mean. */
  private static final double SPILL = 0.01;

  /** Parts of the mean to which multiple scattering of electrons may fill absences. */
  private static final double[] LEAKS = {0, 0.02, 0.05, 0.1};

  private final SpaceGroup symmorphic;
  private final List<SpaceGroupCandidates.Extinction> candidates;
  private final boolean leaky;
  private final List<int[]> hkl = new ArrayList<>();
  private final List<double[]> logs = new ArrayList<>();
  private final List<Double> significance = new ArrayList<>();
  private double leak;

  AbsenceSearch(SpaceGroup symmorphic, boolean leaky) {
    this.symmorphic = symmorphic;
    this.leaky = leaky;
    candidates = SpaceGroupCandidates.of(symmorphic);
  }

  /**
   * Takes a unique reflection.
   *
   * @param mean of the intensities of the shell
   */
  void add(int h, int k, int l, double intensity, double sigma, double mean) {
    if (candidates.stream().noneMatch(c -> c.first().isAbsent(h, k, l))
        || symmorphic.isCentringAbsent(h, k, l)) {
      return;
    }
    double expected = mean * symmorphic.epsilon(h, k, l);
    double width = Math.hypot(sigma, SPILL * mean);
    boolean centric = UniqueGroups.isCentric(symmorphic, h, k, l);
    double there = WilsonDensity.present(intensity, width, expected, centric);
    double[] log = new double[1 + LEAKS.length];
    double none = WilsonDensity.absent(intensity, width);
    log[0] = mixed(there, none);
    for (int i = 0; i < LEAKS.length; i++) {
      double gone =
          LEAKS[i] == 0
              ? none
              : WilsonDensity.present(intensity, width, LEAKS[i] * expected, false);
      log[1 + i] = mixed(gone, there);
    }
    hkl.add(new int[] {h, k, l});
    logs.add(log);
    significance.add(intensity / sigma);
  }

  private static double mixed(double one, double other) {
    return Math.log(Math.max(1e-300, (1 - WRONG) * one + WRONG * other));
  }

  /** Classes of space groups, the most probable first. */
  List<ExtinctionScore> ranked() {
    int n = leaky ? LEAKS.length : 1;
    double[][] log = new double[candidates.size()][n];
    boolean[][] absent = new boolean[candidates.size()][hkl.size()];
    double best = Double.NEGATIVE_INFINITY;
    double[] sums = new double[n];
    for (int c = 0; c < log.length; c++) {
      for (int i = 0; i < hkl.size(); i++) {
        int[] h = hkl.get(i);
        absent[c][i] = candidates.get(c).first().isAbsent(h[0], h[1], h[2]);
        for (int k = 0; k < n; k++) {
          log[c][k] += logs.get(i)[absent[c][i] ? 1 + k : 0];
        }
      }
      best = Math.max(best, Arrays.stream(log[c]).max().orElseThrow());
    }
    double sum = 0;
    double[] p = new double[log.length];
    for (int c = 0; c < log.length; c++) {
      for (int k = 0; k < n; k++) {
        double e = Math.exp(log[c][k] - best);
        p[c] += e;
        sums[k] += e;
        sum += e;
      }
    }
    for (int k = 1; k < n; k++) {
      leak = sums[k] > sums[0] ? Math.max(leak, LEAKS[k]) : leak;
    }
    List<ExtinctionScore> out = new ArrayList<>();
    for (int c = 0; c < log.length; c++) {
      int count = 0;
      double total = 0;
      for (int i = 0; i < hkl.size(); i++) {
        if (absent[c][i]) {
          count++;
          total += significance.get(i);
        }
      }
      out.add(new ExtinctionScore(candidates.get(c).groups(), p[c] / sum, count, total / count));
    }
    out.sort(
        Comparator.comparingDouble((ExtinctionScore e) -> -Math.rint(1e9 * e.probability()))
            .thenComparingInt(e -> e.groups().get(0).number()));
    return out;
  }

  /** Reflections that two groups do not agree on. */
  int distinguishing(SpaceGroup one, SpaceGroup other) {
    return (int)
        hkl.stream()
            .filter(h -> one.isAbsent(h[0], h[1], h[2]) != other.isAbsent(h[0], h[1], h[2]))
            .count();
  }

  /** The part of the mean that absences are filled to; 0 unless electrons were said. */
  double leak() {
    return leak;
  }
}
