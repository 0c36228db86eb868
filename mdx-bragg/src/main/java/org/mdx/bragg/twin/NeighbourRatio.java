package org.mdx.bragg.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.SpaceGroup;

/**
 * L = (I₁ − I₂)/(I₁ + I₂) of unique acentric reflections that differ by 2 in one index (by 2 in two
 * of a rhombohedral lattice; Padilla &amp; Yeates 2003, Acta Cryst. D59, 1124). ⟨|L|⟩ is 1/2 of
 * untwinned crystals and 3/8 of perfect twins; ⟨L²⟩ 1/3 and 1/5. Whole shells with large errors are
 * left out, never single weak reflections: without these |L| would be too small. Errors that are
 * left make |L| larger.
 *
 * <p>The likelihood of a twin fraction is that of both intensities of a pair, with their errors and
 * with one mean intensity near them that is not known: its logarithm is normal about that of the
 * mean of the shell, of some width from 0 to 1 that is the same everywhere. Without errors and with
 * an infinite width it is the likelihood of L. A reflection has up to six neighbours: the
 * logarithms of all pairs count as if no reflection were in two.
 */
final class NeighbourRatio {
  private static final int SHELL = 50;

  /** Mean of σ² over the square of the mean intensity that a shell may have for ⟨|L|⟩. */
  private static final double NOISE = 0.04;

  /** The same for likelihoods, which allow for errors. */
  private static final double MORE_NOISE = 0.15;

  /** Reflections that likelihoods are taken of at most; more could not tell more. */
  private static final int MOST = 3000;

  /** Least variance: no measurement is better. */
  private static final double LEAST = 1e-4;

  /** Density of pairs that are none of the model. */
  private static final double NO_MODEL = 1e-6;

  /** Logarithms of the mean near a pair over that of the shell. */
  private static final int SCALES = 21;

  private static final double SCALE_STEP = 0.25;

  /** Widths of their distribution. */
  private static final double[] WIDTHS = {0.01, 0.3, 0.6, 1};

  /** Differences of neighbours; those along axes first, which rhombohedral lattices have not. */
  private static final int[][] STEPS = {
    {2, 0, 0},
    {0, 2, 0},
    {0, 0, 2},
    {2, 2, 0},
    {2, -2, 0},
    {2, 0, 2},
    {2, 0, -2},
    {0, 2, 2},
    {0, 2, -2}
  };

  private record Entry(int[] hkl, double s2, double e2, double variance) {}

  private final SpaceGroup group;
  private final List<int[]> steps;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * A test without reflections.
   *
   * @param group over which the reflections are merged; its centric ones are not used
   */
  NeighbourRatio(SpaceGroup group) {
    this.group = group;
    steps =
        Arrays.stream(STEPS)
            .filter(s -> !group.isCentringAbsent(s[0], s[1], s[2]))
            .limit(3)
            .toList();
  }

  /**
   * Adds a unique reflection.
   *
   * @param hkl three indices
   * @param inverseSquare 1/d², Å⁻²
   * @param e2 intensity over the mean at its resolution
   * @param variance of e2
   * @return whether it is used: centric reflections and those of special classes are not
   */
  boolean add(int[] hkl, double inverseSquare, double e2, double variance) {
    boolean general =
        !UniqueGroups.isCentric(group, hkl[0], hkl[1], hkl[2])
            && group.epsilon(hkl[0], hkl[1], hkl[2]) == group.epsilon(101, 57, 23);
    if (general) {
      entries.add(new Entry(hkl.clone(), inverseSquare, e2, variance));
    }
    return general;
  }

  /**
   * The test of all pairs.
   *
   * @return means and likelihoods
   */
  LTest test() {
    entries.sort((a, b) -> Double.compare(a.s2, b.s2));
    Map<Long, Entry> values = new HashMap<>();
    Map<Long, Entry> likely = new HashMap<>();
    int shells = Math.max(1, entries.size() / SHELL);
    for (int b = 0; b < shells; b++) {
      List<Entry> shell =
          entries.subList(
              (int) ((long) entries.size() * b / shells),
              (int) ((long) entries.size() * (b + 1) / shells));
      double noise = shell.stream().mapToDouble(Entry::variance).average().orElse(1);
      if (noise < NOISE) {
        shell.forEach(e -> values.put(key(e.hkl), e));
      }
      if (noise < MORE_NOISE && likely.size() < MOST) {
        shell.forEach(e -> likely.put(key(e.hkl), e));
      }
    }
    double sum = 0;
    double squares = 0;
    int pairs = 0;
    Map<Long, Boolean> used = new HashMap<>();
    for (Entry[] p : pairs(values)) {
      double first = Math.max(0, p[0].e2);
      double second = Math.max(0, p[1].e2);
      if (first + second > 0) {
        double l = Math.abs(first - second) / (first + second);
        sum += l;
        squares += l * l;
        pairs++;
        used.put(key(p[0].hkl), true);
        used.put(key(p[1].hkl), true);
      }
    }
    double sigma = used.isEmpty() ? Double.POSITIVE_INFINITY : 1 / Math.sqrt(6.0 * used.size());
    return new LTest(sum / pairs, squares / pairs, sigma, pairs, logLikelihoods(likely));
  }

  /** Pairs in the order of resolution. */
  private List<Entry[]> pairs(Map<Long, Entry> of) {
    List<Entry[]> out = new ArrayList<>();
    for (Entry e : entries) {
      if (of.containsKey(key(e.hkl))) {
        for (int[] step : steps) {
          int[] next = {e.hkl[0] + step[0], e.hkl[1] + step[1], e.hkl[2] + step[2]};
          Entry other = of.get(key(next));
          if (other != null) {
            out.add(new Entry[] {e, other});
          }
        }
      }
    }
    return out;
  }

  private static long key(int[] hkl) {
    return key(hkl[0], hkl[1], hkl[2]);
  }

  /** One number of three indices from -2047 to 2047. */
  static long key(int h, int k, int l) {
    return ((long) l << 24) + ((long) k << 12) + h;
  }

  /** Of each fraction, less that of no twin. */
  private List<Double> logLikelihoods(Map<Long, Entry> of) {
    Map<Entry, double[][]> tables = new IdentityHashMap<>();
    double[][] log = new double[LTest.FRACTIONS.size()][WIDTHS.length];
    double[][] prior = priors();
    List<Entry[]> pairs = pairs(of);
    double[] product = new double[SCALES];
    for (Entry[] p : pairs) {
      double[][] a = tables.computeIfAbsent(p[0], NeighbourRatio::densities);
      double[][] b = tables.computeIfAbsent(p[1], NeighbourRatio::densities);
      for (int f = 0; f < log.length; f++) {
        for (int k = 0; k < SCALES; k++) {
          product[k] = a[f][k] * b[f][k];
        }
        for (int w = 0; w < WIDTHS.length; w++) {
          double density = NO_MODEL;
          for (int k = 0; k < SCALES; k++) {
            density += prior[w][k] * product[k];
          }
          log[f][w] += Math.log(density);
        }
      }
    }
    double weight = pairs.isEmpty() ? 0 : Math.min(1, tables.size() / (2.0 * pairs.size()));
    double none = logOfSum(log[0], weight);
    List<Double> out = new ArrayList<>();
    for (double[] l : log) {
      out.add(logOfSum(l, weight) - none);
    }
    return out;
  }

  private static double logOfSum(double[] log, double weight) {
    double most = weight * Arrays.stream(log).max().orElseThrow();
    return most + Math.log(Arrays.stream(log).map(l -> Math.exp(weight * l - most)).sum());
  }

  private static double[][] priors() {
    double[][] prior = new double[WIDTHS.length][SCALES];
    for (int w = 0; w < WIDTHS.length; w++) {
      for (int k = 0; k < SCALES; k++) {
        double u = SCALE_STEP * (k - (SCALES - 1) / 2) / WIDTHS[w];
        prior[w][k] = Math.exp(-u * u / 2);
      }
      double sum = Arrays.stream(prior[w]).sum();
      for (int k = 0; k < SCALES; k++) {
        prior[w][k] /= sum;
      }
    }
    return prior;
  }

  private static double[][] densities(Entry e) {
    double[][] out = new double[LTest.FRACTIONS.size()][SCALES];
    for (int f = 0; f < out.length; f++) {
      for (int k = 0; k < SCALES; k++) {
        double mean = Math.exp(SCALE_STEP * (k - (SCALES - 1) / 2));
        out[f][k] = TwinDensity.of(e.e2, mean, LTest.FRACTIONS.get(f), Math.max(LEAST, e.variance));
      }
    }
    return out;
  }
}
