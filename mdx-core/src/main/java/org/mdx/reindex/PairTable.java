package org.mdx.reindex;

import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.parallel.Parallel;

/** Correlations of all pairs of sweeps under every relative operator. */
final class PairTable {
  private final Indexings indexings;
  private final int sweeps;
  private final int minCommon;
  private final float[][] r;
  private final int[][] common;

  private PairTable(Indexings indexings, int sweeps, int minCommon) {
    this.indexings = indexings;
    this.sweeps = sweeps;
    this.minCommon = minCommon;
    int pairs = sweeps * (sweeps - 1) / 2;
    int n = indexings.relatives().size();
    r = new float[pairs][n];
    common = new int[pairs][n];
  }

  static PairTable of(
      Indexings indexings, List<SweepSignal> signals, int minCommon, Parallel parallel) {
    PairTable t = new PairTable(indexings, signals.size(), minCommon);
    byte[][] blocks = new byte[signals.size()][];
    parallel.forEach(blocks.length, i -> blocks[i] = signals.get(i).values().blocks());
    int n = indexings.relatives().size();
    parallel.forEach(
        signals.size() * n,
        task -> {
          int i = signals.size() - 1 - task / n; // those with most partners first
          ChangeOfBasis u = indexings.relatives().get(task % n);
          VoxelValues turned = i == 0 ? null : signals.get(i).values().turned(u, indexings.core());
          for (int j = 0; j < i; j++) {
            BlockCorrelation c = turned.with(signals.get(j).values(), blocks[j]);
            t.r[place(i, j)][task % n] = (float) c.value();
            t.common[place(i, j)][task % n] = c.count();
          }
        });
    return t;
  }

  private static int place(int i, int j) {
    return i * (i - 1) / 2 + j;
  }

  int sweeps() {
    return sweeps;
  }

  int candidates() {
    return indexings.candidates().size();
  }

  private int[] relation(int i, int a, int j, int b) {
    return i > j ? indexings.relation(a, b) : indexings.relation(b, a);
  }

  /** Voxels that two different sweeps have in common, taken through a and b. */
  int common(int i, int a, int j, int b) {
    int sum = 0;
    for (int m : relation(i, a, j, b)) {
      int n = common[i > j ? place(i, j) : place(j, i)][m];
      sum += n;
    }
    return sum;
  }

  /** Correlation of two different sweeps taken through a and b; NaN if there are too few voxels. */
  double correlation(int i, int a, int j, int b) {
    int n = common(i, a, j, b);
    return n < minCommon ? Double.NaN : score(i, a, j, b) / n;
  }

  /** Correlation times common voxels; 0 if there are too few. */
  double score(int i, int a, int j, int b) {
    int p = i > j ? place(i, j) : place(j, i);
    int all = 0;
    double sum = 0;
    for (int m : relation(i, a, j, b)) {
      all += common[p][m];
      sum += Float.isNaN(r[p][m]) ? 0 : common[p][m] * r[p][m];
    }
    return all < minCommon ? 0 : sum;
  }

  /** Whether two different sweeps can be compared under any operator. */
  boolean linked(int i, int j) {
    for (int a = 0; a < candidates(); a++) {
      if (common(i, a, j, 0) >= minCommon) {
        return true;
      }
    }
    return false;
  }
}
