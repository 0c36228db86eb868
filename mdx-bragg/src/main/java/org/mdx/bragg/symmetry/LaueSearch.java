package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.MetricSubgroups;
import org.mdx.crystal.SpaceGroup;

/** Scores of the operators of a lattice and of the groups that they make. */
final class LaueSearch {
  /** Pairs that a correlation needs before it counts. */
  private static final int FEWEST = 10;

  private final LatticeOperators lattice;
  private final OperatorPairs[] pairs;
  private final double[] present;
  private final double[] absent;
  private final LaueLikelihood likelihood;

  /** Logarithms of densities of the correlation of each operator; null where there is none. */
  private final double[][] logarithms;

  LaueSearch(LatticeOperators lattice, MergedSquares data, LaueLikelihood likelihood) {
    this.lattice = lattice;
    this.likelihood = likelihood;
    int n = lattice.size();
    pairs = new OperatorPairs[n];
    present = new double[n];
    absent = new double[n];
    logarithms = new double[n][];
    int[] orbit = new int[data.size()];
    int orbits = orbits(data, orbit);
    for (int i = 1; i < n; i++) {
      pairs[i] = OperatorPairs.of(data, orbit, orbits, lattice.matrix(i), lattice.order(i));
      boolean counts = counts(i) && Double.isFinite(pairs[i].correlation());
      logarithms[i] = counts ? likelihood.logarithms(pairs[i]) : null;
      present[i] = counts ? likelihood.present(logarithms[i]) : 1;
      absent[i] = counts ? likelihood.absent(logarithms[i]) : 1;
    }
  }

  private boolean counts(int i) {
    return pairs[i].count() >= FEWEST;
  }

  /** Numbers the orbits of reflections under all rotations of the lattice. */
  private int orbits(MergedSquares data, int[] orbit) {
    long[] least = new long[data.size()];
    for (int i = 0; i < least.length; i++) {
      least[i] = data.key(i);
      for (int o = 1; o < lattice.size(); o++) {
        least[i] = Math.min(least[i], data.image(i, lattice.matrix(o)));
      }
    }
    long[] names = Arrays.stream(least).sorted().distinct().toArray();
    for (int i = 0; i < orbit.length; i++) {
      orbit[i] = Arrays.binarySearch(names, least[i]);
    }
    return names.length;
  }

  /** Whether an operator stands for itself and its inverse. */
  private boolean isFirst(int i) {
    return i > 0 && i <= lattice.inverse(i);
  }

  /** All groups, the most likely first. */
  List<Ranked> ranked(ChangeOfBasis toPrimitive) {
    List<Ranked> out = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (boolean[] group : lattice.groups()) {
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
      double log = logLikelihood(group);
      best = Math.max(best, log);
      out.add(new Ranked(group, log, in / nIn, against / nAgainst));
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
  private double logLikelihood(boolean[] group) {
    List<Integer> inside = new ArrayList<>();
    List<double[]> classes = new ArrayList<>();
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
        classes.add(sum(members));
      }
    }
    return likelihood.group(sum(inside), classes.toArray(double[][]::new));
  }

  /**
   * The logarithms of several rotations together. Their pairs are of the same reflections: k
   * correlations whose errors correlate by ρ on average count as k/(1 + (k − 1)ρ).
   */
  private double[] sum(List<Integer> members) {
    double[] out = likelihood.nothing();
    int k = 0;
    double own = 0;
    double all = 0;
    for (int i : members) {
      if (logarithms[i] != null) {
        k++;
        for (int j : members) {
          if (logarithms[j] != null) {
            double c =
                pairs[i].covariance(pairs[j]) / (likelihood.width(pairs[i]) * likelihood.width(pairs[j]));
            own += i == j ? 1 : 0;
            all += i == j ? 1 : c;
          }
        }
      }
    }
    double part = k < 2 || NODEP ? 1 : own / Math.max(own, all);
    for (int i : members) {
      for (int n = 0; logarithms[i] != null && n < out.length; n++) {
        out[n] += part * logarithms[i][n];
      }
    }
    return out;
  }
  private static final boolean NODEP=Boolean.getBoolean("nodep");

  /** A group with its score. */
  static final class Ranked {
    private final boolean[] group;
    private final double log;
    private final double ccFor;
    private final double ccAgainst;
    private MetricSubgroups.Setting setting;
    private SubgroupScore score;

    Ranked(boolean[] group, double log, double ccFor, double ccAgainst) {
      this.group = group;
      this.log = log;
      this.ccFor = ccFor;
      this.ccAgainst = ccAgainst;
    }

    private void finish(LaueSearch search, double likelihood, ChangeOfBasis toPrimitive) {
      setting = search.lattice.setting(group);
      SpaceGroup symmorphic = search.lattice.symmorphic(group, setting);
      score =
          new SubgroupScore(
              symmorphic,
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
