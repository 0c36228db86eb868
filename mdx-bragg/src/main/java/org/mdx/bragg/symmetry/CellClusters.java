package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.UnitCell;

/** Sweeps by their cells and by the correlations of their intensities. */
final class CellClusters {
  private CellClusters() {}

  /**
   * Clusters of cells that are within the tolerance of the cluster's first one, which is the one
   * with the most neighbours among those left.
   */
  static List<List<Integer>> of(List<UnitCell> cells, CellTolerance tolerance) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      left.add(i);
    }
    List<List<Integer>> out = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Integer> best = List.of();
      for (int i : left) {
        List<Integer> near =
            left.stream().filter(j -> tolerance.admits(cells.get(i), cells.get(j))).toList();
        best = near.size() > best.size() ? near : best;
      }
      out.add(best);
      left.removeAll(best);
    }
    return out;
  }

  /** Average linkage of correlations, cut where clusters correlate by less than a value. */
  static List<List<Integer>> ofCorrelations(double[][] cc, double cut) {
    int n = cc.length;
    // sums and numbers of the known correlations between two clusters, which add when these join
    double[][] sum = new double[n][n];
    int[][] count = new int[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean known = Double.isFinite(cc[i][j]);
        sum[i][j] = known ? cc[i][j] : 0;
        count[i][j] = known ? 1 : 0;
      }
    }
    List<List<Integer>> clusters = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      clusters.add(new ArrayList<>(List.of(i)));
      left.add(i);
    }
    int[] pair = most(sum, count, left, cut);
    while (pair != null) {
      int to = pair[1];
      int from = pair[0];
      clusters.get(to).addAll(clusters.get(from));
      left.remove(Integer.valueOf(from));
      for (int k : left) {
        sum[to][k] += sum[from][k];
        sum[k][to] = sum[to][k];
        count[to][k] += count[from][k];
        count[k][to] = count[to][k];
      }
      pair = most(sum, count, left, cut);
    }
    List<List<Integer>> out = new ArrayList<>();
    left.forEach(i -> out.add(clusters.get(i)));
    out.forEach(c -> c.sort(Comparator.naturalOrder()));
    out.sort(Comparator.comparingInt((List<Integer> c) -> -c.size()).thenComparing(c -> c.get(0)));
    return out;
  }

  /** Part of the pairs whose correlation is known; 1 for one sweep. */
  static double knownPart(double[][] cc) {
    int known = 0;
    int all = 0;
    for (int i = 0; i < cc.length; i++) {
      for (int j = 0; j < i; j++) {
        all++;
        known += Double.isFinite(cc[i][j]) ? 1 : 0;
      }
    }
    return all == 0 ? 1 : (double) known / all;
  }

  /** Sweeps that correlate with the mean of the others, or cannot be compared, and each other. */
  static List<List<Integer>> ofMean(double[] cc, double cut) {
    List<Integer> like = new ArrayList<>();
    List<List<Integer>> out = new ArrayList<>();
    for (int i = 0; i < cc.length; i++) {
      if (cc[i] < cut) {
        out.add(List.of(i));
      } else {
        like.add(i);
      }
    }
    if (!like.isEmpty()) {
      out.add(0, like);
    }
    return out;
  }

  /** The two clusters that correlate most, by more than the cut; the later one first. */
  private static int[] most(double[][] sum, int[][] count, List<Integer> left, double cut) {
    double most = cut;
    int[] pair = null;
    for (int a = 1; a < left.size(); a++) {
      double[] sums = sum[left.get(a)];
      int[] counts = count[left.get(a)];
      for (int b = 0; b < a; b++) {
        int other = left.get(b);
        if (counts[other] > 0 && sums[other] > most * counts[other]) {
          most = sums[other] / counts[other];
          pair = new int[] {left.get(a), other};
        }
      }
    }
    return pair;
  }
}
