package org.mdx.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** Agreement of several tables while it is summed: each shell by one thread. */
final class CrossSums {
  private final ShellStatistics statistics;
  private final int tables;
  private final Column[] intensity;
  private final Column[] error;
  private final IsotropicAverage[] isotropic;

  /** For each table the row of each voxel of their union, −1 where it has none. */
  private final int[][] rowOf;

  private final double[] s;
  private final ShellGrid grid;
  private final ShellRows voxels;

  /** For each shell every pair, then each table against the others. */
  private final AgreementAccumulator[][] sums;

  CrossSums(ShellStatistics statistics, List<HKLTable> tables, ShellOptions options) {
    this.statistics = statistics;
    this.tables = tables.size();
    intensity = new Column[this.tables];
    error = new Column[this.tables];
    isotropic = new IsotropicAverage[this.tables];
    List<HKLTable> thin = new ArrayList<>();
    for (int t = 0; t < this.tables; t++) {
      HKLTable table = tables.get(t);
      intensity[t] = table.column(ColumnNames.INTENSITY);
      error[t] = table.column(ColumnNames.INTENSITY_ERROR);
      isotropic[t] = statistics.isotropic(table, ColumnNames.INTENSITY, options);
      thin.add(HKLTable.of(table.ndiv(), table.h(), table.k(), table.l()));
    }
    HKLTable joined = HKLTable.concatenate(thin);
    HKLGroups groups = joined.groups();
    rowOf = rows(groups, thin);
    HKLTable union = union(joined, groups);
    s = statistics.lengths(union);
    grid = ShellGrid.of(options, ShellStatistics.largest(s));
    int[] shell = new int[s.length];
    statistics.blocks(
        s.length,
        g -> shell[g] = statistics.isAmong(union, g, options.voxels()) ? grid.shell(s[g]) : -1);
    voxels = ShellRows.of(shell, grid.count());
    sums = new AgreementAccumulator[grid.count()][];
    statistics.parallel().forEach(sums.length, c -> sums[c] = sumShell(c));
  }

  private static int[][] rows(HKLGroups groups, List<HKLTable> tables) {
    int[][] rowOf = new int[tables.size()][groups.count()];
    int[] end = new int[tables.size()];
    int sum = 0;
    for (int t = 0; t < end.length; t++) {
      Arrays.fill(rowOf[t], -1);
      sum += tables.get(t).rows();
      end[t] = sum;
    }
    for (int g = 0; g < groups.count(); g++) {
      for (int place = groups.start(g); place < groups.start(g + 1); place++) {
        int row = groups.row(place);
        int t = 0;
        while (row >= end[t]) {
          t++;
        }
        if (rowOf[t][g] < 0) {
          rowOf[t][g] = row - (t == 0 ? 0 : end[t - 1]);
        }
      }
    }
    return rowOf;
  }

  private static HKLTable union(HKLTable joined, HKLGroups groups) {
    int[] h = new int[groups.count()];
    int[] k = new int[groups.count()];
    int[] l = new int[groups.count()];
    for (int g = 0; g < h.length; g++) {
      h[g] = groups.h(g);
      k[g] = groups.k(g);
      l[g] = groups.l(g);
    }
    return HKLTable.of(joined.ndiv(), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l));
  }

  /** Values of the voxels of one shell, by table: intensity, isotropic average, standard error. */
  private record Values(double[][] intensity, double[][] average, double[][] error) {}

  private Values gather(int shell) {
    int first = voxels.start(shell);
    int n = voxels.start(shell + 1) - first;
    Values v = new Values(new double[tables][n], new double[tables][n], new double[tables][n]);
    for (int t = 0; t < tables; t++) {
      for (int i = 0; i < n; i++) {
        int g = voxels.row(first + i);
        int row = rowOf[t][g];
        v.intensity[t][i] = row < 0 ? Double.NaN : intensity[t].get(row);
        v.error[t][i] = row < 0 ? Double.NaN : error[t].get(row);
        v.average[t][i] = isotropic[t].at(s[g]);
      }
    }
    return v;
  }

  private AgreementAccumulator[] sumShell(int shell) {
    Values v = gather(shell);
    AgreementAccumulator[] out = new AgreementAccumulator[tables * (tables + 1) / 2];
    int at = 0;
    for (int a = 0; a < tables; a++) {
      for (int b = a + 1; b < tables; b++) {
        out[at++] = sumPair(v, a, b);
      }
    }
    for (int a = 0; a < tables; a++) {
      out[at++] = sumOthers(v, a);
    }
    return out;
  }

  private static AgreementAccumulator sumPair(Values v, int a, int b) {
    AgreementAccumulator sum = new AgreementAccumulator();
    for (int i = 0; i < v.intensity[a].length; i++) {
      sum.add(
          v.intensity[a][i],
          v.intensity[b][i],
          v.average[a][i],
          v.average[b][i],
          v.error[a][i],
          v.error[b][i]);
    }
    return sum;
  }

  private AgreementAccumulator sumOthers(Values v, int a) {
    AgreementAccumulator sum = new AgreementAccumulator();
    for (int i = 0; i < v.intensity[a].length; i++) {
      double w = 0;
      double wi = 0;
      double wa = 0;
      for (int b = 0; b < tables; b++) {
        double e = v.error[b][i];
        if (b != a && Double.isFinite(v.intensity[b][i]) && e > 0 && e <= Double.MAX_VALUE) {
          w += 1 / (e * e);
          wi += v.intensity[b][i] / (e * e);
          wa += v.average[b][i] / (e * e);
        }
      }
      if (w > 0) {
        sum.add(
            v.intensity[a][i], wi / w, v.average[a][i], wa / w, v.error[a][i], 1 / Math.sqrt(w));
      }
    }
    return sum;
  }

  CrossTable table(List<String> names) {
    List<CrossTable.Pair> pairs = new ArrayList<>();
    int at = 0;
    for (int a = 0; a < tables; a++) {
      for (int b = a + 1; b < tables; b++) {
        pairs.add(pair(at++, a, b));
      }
    }
    List<CrossTable.Pair> others = new ArrayList<>();
    for (int a = 0; a < tables; a++) {
      others.add(pair(at++, a, -1));
    }
    return new CrossTable(names, grid, pairs, others);
  }

  private CrossTable.Pair pair(int at, int a, int b) {
    List<Agreement> shells = new ArrayList<>();
    AgreementAccumulator total = new AgreementAccumulator();
    for (AgreementAccumulator[] shell : sums) {
      shells.add(shell[at].ofMeasurements());
      total.add(shell[at]);
    }
    return new CrossTable.Pair(a, b, shells, total.ofMeasurements());
  }
}
