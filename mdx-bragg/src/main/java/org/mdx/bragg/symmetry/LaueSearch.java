package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.twin.LTest;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.CrystalSystem;
import org.mdx.crystal.MetricSubgroups;
import org.mdx.crystal.SpaceGroup;

/** Scores of the operators of a lattice and of the groups that they make. */
final class LaueSearch {
  /** Pairs that a correlation needs before it counts. */
  private static final int FEWEST = 10;

  /** How often a crystal is a twin by a rotation that each lattice of its crystal family has. */
  private static final double MEROHEDRY = 0.2;

  /** The same of a rotation that its lattice has by chance. */
  private static final double PSEUDO_MEROHEDRY = 0.03;

  private final LatticeOperators lattice;
  private final List<boolean[]> groups;
  private final List<MetricSubgroups.Setting> settings;
  private final List<SpaceGroup> symmorphic;
  private final OperatorPairs[] pairs;
  private final double[] present;
  private final double[] absent;
  private final LaueLikelihood likelihood;

  LaueSearch(
      LatticeOperators lattice,
      SquaresWithErrors squares,
      Orbits orbits,
      LaueLikelihood likelihood) {
    this.lattice = lattice;
    groups = lattice.groups();
    settings = groups.stream().map(lattice::setting).toList();
    symmorphic =
        IntStream.range(0, groups.size())
            .mapToObj(n -> lattice.symmorphic(groups.get(n), settings.get(n)))
            .toList();
    this.likelihood = likelihood;
    int n = lattice.size();
    pairs = new OperatorPairs[n];
    present = new double[n];
    absent = new double[n];
    for (int i = 1; i < n; i++) {
      pairs[i] = OperatorPairs.of(squares, orbits, lattice.matrix(i), lattice.order(i));
      double[] logarithms = logarithms(List.of(i));
      present[i] = likelihood.present(logarithms);
      absent[i] = likelihood.absent(logarithms);
    }
  }

  private boolean counts(int i) {
    return pairs[i].count() >= FEWEST && Double.isFinite(pairs[i].correlation());
  }

  /** Whether an operator stands for itself and its inverse. */
  private boolean isFirst(int i) {
    return i > 0 && i <= lattice.inverse(i);
  }

  /** All groups by correlations alone, the most likely first. */
  List<Ranked> ranked(ChangeOfBasis toPrimitive) {
    return ranked(toPrimitive, null, null);
  }

  /**
   * All groups, the most likely first.
   *
   * @param toPrimitive from the axes of the first sweep
   * @param test of intensities that are merged over a group; null if twins are not looked for
   * @param merged this group
   */
  List<Ranked> ranked(ChangeOfBasis toPrimitive, LTest test, Ranked merged) {
    List<Ranked> out = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < groups.size(); n++) {
      boolean[] group = groups.get(n);
      double in = 0;
      double against = 0;
      int nIn = 0;
      int nAgainst = 0;
      for (int i = 1; i < lattice.size(); i++) {
        if (!isFirst(i)) {
          continue;
        }
        if (counts(i) && group[i]) {
          in += pairs[i].correlation();
          nIn++;
        } else if (counts(i)) {
          against += pairs[i].correlation();
          nAgainst++;
        }
      }
      double log = logLikelihood(group, test, merged == null ? null : merged.group);
      best = Math.max(best, log);
      out.add(new Ranked(n, group, log, in / nIn, against / nAgainst));
    }
    double sum = 0;
    for (Ranked r : out) {
      sum += Math.exp(r.log - best);
    }
    for (Ranked r : out) {
      r.finish(this, Math.exp(r.log - best) / sum, toPrimitive);
    }
    // where nothing tells them apart, the lower symmetry claims less
    out.sort(
        Comparator.comparingDouble((Ranked r) -> -Math.rint(1e9 * r.score.likelihood()))
            .thenComparingInt(r -> r.score.group().order()));
    return out;
  }

  /**
   * Rotations g and a·g·b correlate equally for all a and b of the group of the intensities: each
   * of these double cosets has one correlation.
   */
  private double logLikelihood(boolean[] group, LTest test, boolean[] merged) {
    List<Integer> inside = new ArrayList<>();
    List<List<Integer>> classes = new ArrayList<>();
    boolean[] done = group.clone();
    for (int i = 1; i < lattice.size(); i++) {
      if (isFirst(i) && group[i]) {
        inside.add(i);
      } else if (!done[i]) {
        List<Integer> members = new ArrayList<>();
        for (int j : lattice.doubleCoset(group, i)) {
          if (isFirst(j) && !done[j]) {
            members.add(j);
          }
          done[j] = true;
          done[lattice.inverse(j)] = true;
        }
        classes.add(members);
      }
    }
    boolean[] exact = new boolean[classes.size()];
    int laws = 0;
    for (int c = 0; c < exact.length; c++) {
      exact[c] = test != null && isExact(group, classes.get(c).get(0));
      laws += exact[c] ? 1 : 0;
    }
    List<LaueLikelihood.Outside> outside = new ArrayList<>();
    for (int c = 0; c < exact.length; c++) {
      double twin = exact[c] ? MEROHEDRY / laws : PSEUDO_MEROHEDRY / (exact.length - laws);
      boolean in = merged != null && classes.get(c).stream().anyMatch(i -> merged[i]);
      outside.add(new LaueLikelihood.Outside(logarithms(classes.get(c)), twin, in));
    }
    return likelihood.group(logarithms(inside), outside, test);
  }

  /** Whether every lattice of a group's crystal family has a rotation, so that it can be a twin. */
  private boolean isExact(boolean[] group, int rotation) {
    int smallest = -1;
    int own = -1;
    for (int n = 0; n < groups.size(); n++) {
      boolean[] g = groups.get(n);
      boolean all = g[rotation];
      for (int i = 0; i < g.length; i++) {
        all &= g[i] || !group[i];
      }
      if (all && (smallest < 0 || count(g) < count(groups.get(smallest)))) {
        smallest = n;
      }
      own = Arrays.equals(g, group) ? n : own;
    }
    return family(own) == family(smallest);
  }

  private static int count(boolean[] group) {
    int n = 0;
    for (boolean g : group) {
      n += g ? 1 : 0;
    }
    return n;
  }

  /** The crystal system, of trigonal groups the hexagonal one. */
  private CrystalSystem family(int group) {
    CrystalSystem s = symmorphic.get(group).crystalSystem();
    return s == CrystalSystem.TRIGONAL ? CrystalSystem.HEXAGONAL : s;
  }

  private double[] logarithms(List<Integer> members) {
    return likelihood.logarithms(members.stream().filter(this::counts).map(i -> pairs[i]).toList());
  }

  /** A group with its score. */
  static final class Ranked {
    private final int number;
    private final boolean[] group;
    private final double log;
    private final double ccFor;
    private final double ccAgainst;
    private MetricSubgroups.Setting setting;
    private SubgroupScore score;

    Ranked(int number, boolean[] group, double log, double ccFor, double ccAgainst) {
      this.number = number;
      this.group = group;
      this.log = log;
      this.ccFor = ccFor;
      this.ccAgainst = ccAgainst;
    }

    private void finish(LaueSearch search, double likelihood, ChangeOfBasis toPrimitive) {
      setting = search.settings.get(number);
      score =
          new SubgroupScore(
              search.symmorphic.get(number),
              likelihood,
              ccFor,
              ccAgainst,
              setting.delta(),
              search.lattice.cell(setting),
              setting.change().times(toPrimitive));
    }

    SubgroupScore score() {
      return score;
    }

    /** From primitive to conventional axes. */
    ChangeOfBasis change() {
      return setting.change();
    }

    boolean[] group() {
      return group;
    }
  }

  /** Scores of the operators in the axes of a group. */
  List<OperatorScore> operators(Ranked found) {
    List<OperatorScore> out = new ArrayList<>();
    ChangeOfBasis to = found.change();
    ChangeOfBasis back = to.inverse();
    for (int i = 1; i < lattice.size(); i++) {
      if (isFirst(i)) {
        double p = present[i] / (present[i] + absent[i]);
        out.add(
            new OperatorScore(
                to.times(lattice.operator(i)).times(back),
                lattice.order(i),
                pairs[i].count(),
                pairs[i].correlation(),
                p,
                found.group()[i]));
      }
    }
    return out;
  }
}
