package org.mdx.bragg.symmetry;

import java.util.ArrayList;
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
  private final double[] cc;
  private final int[] pairs;
  private final double[] present;
  private final double[] absent;

  LaueSearch(LatticeOperators lattice, MergedSquares data, double expected, double floor) {
    this.lattice = lattice;
    int n = lattice.size();
    cc = new double[n];
    pairs = new int[n];
    present = new double[n];
    absent = new double[n];
    LaueLikelihood likelihood = new LaueLikelihood(expected, floor);
    for (int i = 1; i < n; i++) {
      score(i, data);
      boolean counts = pairs[i] >= FEWEST && Double.isFinite(cc[i]);
      present[i] = counts ? likelihood.present(cc[i], pairs[i]) : 1;
      absent[i] = counts ? likelihood.absent(cc[i], pairs[i]) : 1;
    }
  }

  /** Both orders of each pair, so that the correlation does not depend on which one comes first. */
  private void score(int operator, MergedSquares data) {
    PairSums sums = new PairSums();
    int[] m = lattice.matrix(operator);
    for (int i = 0; i < data.size(); i++) {
      int j = data.find(data.image(i, m));
      if (j >= 0 && j != i) {
        sums.add(data.value(i), data.value(j));
        sums.add(data.value(j), data.value(i));
      }
    }
    cc[operator] = sums.correlation();
    pairs[operator] = lattice.order(operator) == 2 ? sums.count() / 4 : sums.count() / 2;
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
      double log = 0;
      double in = 0;
      double against = 0;
      int nIn = 0;
      int nAgainst = 0;
      for (int i = 1; i < lattice.size(); i++) {
        if (!isFirst(i)) {
          continue;
        }
        log += Math.log(group[i] ? present[i] : absent[i]);
        if (pairs[i] >= FEWEST && group[i]) {
          in += cc[i];
          nIn++;
        } else if (pairs[i] >= FEWEST) {
          against += cc[i];
          nAgainst++;
        }
      }
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
                pairs[i],
                cc[i],
                p,
                found.group()[i]));
      }
    }
    return out;
  }
}
