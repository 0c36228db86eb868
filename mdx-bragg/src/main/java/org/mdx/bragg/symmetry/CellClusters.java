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
    List<List<Integer>> clusters = new ArrayList<>();
    for (int i = 0; i < cc.length; i++) {
      clusters.add(new ArrayList<>(List.of(i)));
    }
    boolean joined = true;
    while (joined) {
      double most = cut;
      int[] pair = null;
      for (int a = 1; a < clusters.size(); a++) {
        for (int b = 0; b < a; b++) {
          double mean = mean(cc, clusters.get(a), clusters.get(b));
          if (mean > most) {
            most = mean;
            pair = new int[] {a, b};
          }
        }
      }
      joined = pair != null;
      if (joined) {
        clusters.get(pair[1]).addAll(clusters.remove(pair[0]));
      }
    }
    clusters.forEach(c -> c.sort(Comparator.naturalOrder()));
    clusters.sort(
        Comparator.comparingInt((List<Integer> c) -> -c.size()).thenComparing(c -> c.get(0)));
    return clusters;
  }

  private static double mean(double[][] cc, List<Integer> one, List<Integer> other) {
    double sum = 0;
    int n = 0;
    for (int i : one) {
      for (int j : other) {
        if (Double.isFinite(cc[i][j])) {
          sum += cc[i][j];
          n++;
        }
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
