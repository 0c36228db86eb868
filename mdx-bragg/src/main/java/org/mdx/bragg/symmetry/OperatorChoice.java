package org.mdx.bragg.symmetry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.PairSums;

/** The operators of the lattice by which sweeps agree. */
final class OperatorChoice {
  private static final long SEED = 230;
  private static final int MOST_VECTORS = 480;
  private static final int PASSES = 4;

  private final List<MergedSquares> sweeps;
  private final LatticeOperators lattice;
  private final int minCommon;
  private final int seeds;

  /** Operator of h' = h·M that brings a sweep into the axes of the result. */
  private final int[] chosen;

  /** Of each operator of the lattice, its products with those that make equivalents. */
  private final int[][][] equivalents;

  OperatorChoice(List<MergedSquares> sweeps, LatticeOperators lattice, int minCommon, int seeds) {
    this(sweeps, lattice, List.of(lattice.matrix(0)), minCommon, seeds);
  }

  /**
   * Sweeps whose symmetry is known.
   *
   * @param group matrices of the equivalents, over which the sweeps are merged
   */
  OperatorChoice(
      List<MergedSquares> sweeps,
      LatticeOperators lattice,
      List<int[]> group,
      int minCommon,
      int seeds) {
    this.sweeps = sweeps;
    this.lattice = lattice;
    equivalents = new int[lattice.size()][][];
    for (int o = 0; o < equivalents.length; o++) {
      int[] m = lattice.matrix(o);
      equivalents[o] = group.stream().map(g -> LatticeOperators.times(m, g)).toArray(int[][]::new);
    }
    this.minCommon = minCommon;
    this.seeds = Math.max(2, Math.min(seeds, MOST_VECTORS / lattice.size()));
    chosen = new int[sweeps.size()];
  }

  /** Sums of E² and their number by key. */
  private final class Means {
    private final Map<Long, double[]> sums = new HashMap<>();

    void add(MergedSquares data, int operator, int sign) {
      for (int i = 0; i < data.size(); i++) {
        double[] s = sums.computeIfAbsent(key(data, i, operator), k -> new double[2]);
        s[0] += sign * data.value(i);
        s[1] += sign;
      }
    }

    PairSums with(MergedSquares data, int operator) {
      PairSums p = new PairSums();
      for (int i = 0; i < data.size(); i++) {
        double[] s = sums.get(key(data, i, operator));
        if (s != null && s[1] > 0.5) {
          p.add(data.value(i), s[0] / s[1]);
        }
      }
      return p;
    }
  }

  /** The least key of the image of a reflection and its equivalents. */
  private long key(MergedSquares data, int i, int operator) {
    long least = Long.MAX_VALUE;
    for (int[] matrix : equivalents[operator]) {
      least = Math.min(least, data.image(i, matrix));
    }
    return least;
  }

  int[] find() {
    int n = sweeps.size();
    if (n < 2 || lattice.size() < 2) {
      return chosen;
    }
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order, Comparator.comparingInt((Integer s) -> -sweeps.get(s).size()).thenComparing(s -> s));
    int[] first =
        Arrays.stream(order).limit(Math.min(seeds, n)).mapToInt(Integer::intValue).toArray();
    embed(first);
    Means means = new Means();
    for (int s : first) {
      means.add(sweeps.get(s), chosen[s], 1);
    }
    for (int k = first.length; k < n; k++) {
      int s = order[k];
      chosen[s] = best(means, s, 0);
      means.add(sweeps.get(s), chosen[s], 1);
    }
    polish(means, order);
    return chosen;
  }

  /** Looks at each sweep again with the mean of all others. */
  private void polish(Means means, Integer[] order) {
    boolean changed = true;
    for (int pass = 0; pass < PASSES && changed; pass++) {
      changed = false;
      for (int s : order) {
        means.add(sweeps.get(s), chosen[s], -1);
        int better = best(means, s, chosen[s]);
        changed |= better != chosen[s];
        chosen[s] = better;
        means.add(sweeps.get(s), chosen[s], 1);
      }
    }
  }

  private int best(Means means, int sweep, int now) {
    int best = now;
    double most = correlation(means.with(sweeps.get(sweep), now));
    for (int o = 0; o < lattice.size(); o++) {
      double cc = correlation(means.with(sweeps.get(sweep), o));
      if (cc > most + 1e-9 || Double.isNaN(most) && cc > 0) {
        most = cc;
        best = o;
      }
    }
    return best;
  }

  private double correlation(PairSums p) {
    return p.count() < minCommon ? Double.NaN : p.correlation();
  }

  /** Operators of a few sweeps by the vectors that stand for (sweep, operator) pairs. */
  private void embed(int[] first) {
    int ops = lattice.size();
    int n = first.length * ops;
    double[][] r = new double[n][n];
    double[][] w = new double[n][n];
    for (int i = 0; i < first.length; i++) {
      for (int j = 0; j <= i; j++) {
        double[] cc = new double[ops];
        int[] count = new int[ops];
        for (int o = 0; o < ops; o++) {
          PairSums p = common(sweeps.get(first[i]), sweeps.get(first[j]), o);
          cc[o] = p.correlation();
          count[o] = p.count();
        }
        for (int a = 0; a < ops; a++) {
          for (int b = 0; b < ops; b++) {
            int o = lattice.relative(a, b);
            boolean counts = count[o] >= minCommon && Double.isFinite(cc[o]);
            if (counts && i * ops + a > j * ops + b) {
              r[i * ops + a][j * ops + b] = cc[o];
              w[i * ops + a][j * ops + b] = count[o];
            }
          }
        }
      }
    }
    int dimensions = Math.max(2, Math.min(ops, 12));
    double[][] x = new Embedding(r, w, dimensions).vectors(SEED);
    double[] centre = unit(x[0]);
    for (int pass = 0; pass < 10; pass++) {
      double[] sum = new double[dimensions];
      for (int i = 0; i < first.length; i++) {
        double most = Double.NEGATIVE_INFINITY;
        for (int o = 0; o < ops; o++) {
          double cosine = Embedding.dot(unit(x[i * ops + o]), centre);
          if (cosine > most + 1e-6 && (i > 0 || o == 0)) {
            most = cosine;
            chosen[first[i]] = o;
          }
        }
        double[] v = x[i * ops + chosen[first[i]]];
        for (int k = 0; k < dimensions; k++) {
          sum[k] += v[k];
        }
      }
      centre = unit(sum);
    }
    // a vector (i, o) stands for I(h·M): the sweep itself is turned by the inverse
    for (int s : first) {
      chosen[s] = lattice.inverse(chosen[s]);
    }
  }

  private static double[] unit(double[] v) {
    double norm = Math.sqrt(Embedding.dot(v, v));
    return Arrays.stream(v).map(e -> norm > 0 ? e / norm : 0).toArray();
  }

  /** Pairs of one sweep's g and another's g·M. */
  private PairSums common(MergedSquares one, MergedSquares other, int operator) {
    PairSums p = new PairSums();
    for (int i = 0; i < one.size(); i++) {
      int j = other.find(key(one, i, operator));
      if (j >= 0) {
        p.add(one.value(i), other.value(j));
      }
    }
    return p;
  }

  /**
   * Correlations of sweeps with the mean of the others, as they are and turned by each operator.
   */
  double[][] correlations() {
    Means means = new Means();
    for (MergedSquares s : sweeps) {
      means.add(s, 0, 1);
    }
    double[][] out = new double[sweeps.size()][lattice.size()];
    for (int s = 0; s < out.length; s++) {
      means.add(sweeps.get(s), 0, -1);
      for (int o = 0; o < lattice.size(); o++) {
        out[s][o] = correlation(means.with(sweeps.get(s), o));
      }
      means.add(sweeps.get(s), 0, 1);
    }
    return out;
  }

  /** Correlations of pairs of sweeps as they are; NaN where they share too little. */
  double[][] pairs() {
    int n = sweeps.size();
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      out[i][i] = 1;
      for (int j = 0; j < i; j++) {
        double cc = correlation(common(sweeps.get(i), sweeps.get(j), 0));
        out[i][j] = cc;
        out[j][i] = cc;
      }
    }
    return out;
  }
}
