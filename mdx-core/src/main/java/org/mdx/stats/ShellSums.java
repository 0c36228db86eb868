package org.mdx.stats;

import java.util.ArrayList;
import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** The statistics of one table while they are summed: each shell by one thread, in row order. */
final class ShellSums {
  private final ShellStatistics statistics;
  private final HKLTable merged;
  private final ShellOptions options;
  private final ShellGrid grid;
  private final ShellRows rows;
  private final ShellAccumulator[] sums;
  private final Column intensity;
  private final Column error;
  private final double[] average;
  private boolean measuredOther;

  ShellSums(ShellStatistics statistics, HKLTable merged, ShellOptions options) {
    this.statistics = statistics;
    this.merged = merged;
    this.options = options;
    double[] s = statistics.lengths(merged);
    grid = ShellGrid.of(options, ShellStatistics.largest(s));
    rows = statistics.rows(merged, s, grid, options.voxels());
    intensity = merged.column(ColumnNames.INTENSITY);
    error = merged.column(ColumnNames.INTENSITY_ERROR);
    IsotropicAverage isotropic = statistics.isotropic(s, intensity, options);
    average = new double[s.length];
    sums = new ShellAccumulator[grid.count()];
    Column count = merged.has(ColumnNames.COUNT) ? merged.column(ColumnNames.COUNT) : null;
    forEachShell(
        c -> {
          sums[c] = new ShellAccumulator();
          for (int place = rows.start(c); place < rows.start(c + 1); place++) {
            int i = rows.row(place);
            average[i] = isotropic.at(s[i]);
            double n = count == null ? Double.NaN : count.get(i);
            sums[c].add(s[i], intensity.get(i), average[i], error.get(i), n);
          }
        });
    if (merged.has(ColumnNames.GROUP_0 + ColumnNames.INTENSITY)
        && merged.has(ColumnNames.GROUP_1 + ColumnNames.INTENSITY)) {
      addHalves();
    }
  }

  private void forEachShell(org.mdx.parallel.Parallel.Task task) {
    statistics.parallel().forEach(grid.count(), task);
  }

  private void addHalves() {
    Column i0 = merged.column(ColumnNames.GROUP_0 + ColumnNames.INTENSITY);
    Column i1 = merged.column(ColumnNames.GROUP_1 + ColumnNames.INTENSITY);
    Column e0 = merged.column(ColumnNames.GROUP_0 + ColumnNames.INTENSITY_ERROR);
    Column e1 = merged.column(ColumnNames.GROUP_1 + ColumnNames.INTENSITY_ERROR);
    forEachShell(
        c -> {
          for (int place = rows.start(c); place < rows.start(c + 1); place++) {
            int i = rows.row(place);
            double isotropic = average[i];
            sums[c].halves.add(i0.get(i), i1.get(i), isotropic, isotropic, e0.get(i), e1.get(i));
          }
        });
  }

  /**
   * Compares with another table.
   *
   * @param other of the same subdivision
   * @param value its column to compare with
   * @param otherError column of its standard errors; null if it has none
   */
  void addOther(HKLTable other, Column value, Column otherError) {
    measuredOther = otherError != null;
    double[] s = statistics.lengths(other);
    IsotropicAverage isotropic = statistics.isotropic(s, value, options);
    int[] match = merged.rowsIn(other);
    forEachShell(
        c -> {
          for (int place = rows.start(c); place < rows.start(c + 1); place++) {
            int i = rows.row(place);
            int j = match[i];
            if (j >= 0) {
              double e = otherError == null ? 0 : otherError.get(j);
              double average1 = isotropic.at(s[j]);
              sums[c].truth.add(
                  intensity.get(i), value.get(j), average[i], average1, error.get(i), e);
            }
          }
        });
  }

  /** The statistics; shells are joined to all from low to high s. */
  ShellTable table(String other) {
    List<Completeness> completeness = statistics.completeness(merged, rows, grid, options.voxels());
    List<Shell> shells = new ArrayList<>();
    ShellAccumulator total = new ShellAccumulator();
    for (int c = 0; c < sums.length; c++) {
      shells.add(sums[c].toShell(grid.lower(c), grid.upper(c), completeness.get(c), measuredOther));
      total.add(sums[c]);
    }
    double sMax = sums.length == 0 ? grid.sMin() : grid.upper(sums.length - 1);
    Shell overall = total.toShell(grid.sMin(), sMax, completeness.get(sums.length), measuredOther);
    return new ShellTable(shells, overall, options.halves(), other);
  }
}
