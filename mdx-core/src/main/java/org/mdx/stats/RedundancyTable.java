package org.mdx.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * The distribution of redundancy.
 *
 * @param shells from low to high s, without gaps; one can be empty
 * @param overall the voxels of all shells
 * @param histogram for each number of observations that occurs, rising, how many voxels have it
 */
public record RedundancyTable(
    List<RedundancyShell> shells, RedundancyShell overall, List<Bar> histogram) {
  private static final String[] NAMES = {
    "s_min",
    "s_max",
    "voxels",
    "observations",
    "redundancy",
    "single",
    "min",
    "quartile_1",
    "median",
    "quartile_3",
    "max"
  };
  private static final String FORMATS = "3 3 0 0 1 0 0 0 0 0 0";
  private static final String[] HISTOGRAM = {"observations", "voxels", "fraction"};

  /**
   * Voxels with the same number of observations.
   *
   * @param observations the number
   * @param voxels how many voxels
   */
  public record Bar(int observations, int voxels) {}

  public RedundancyTable {
    shells = List.copyOf(shells);
    histogram = List.copyOf(histogram);
  }

  /** The distribution of a table's column {@code count}. */
  static RedundancyTable of(ShellStatistics statistics, HKLTable merged, ShellOptions options) {
    double[] s = statistics.lengths(merged);
    ShellGrid grid = ShellGrid.of(options, ShellStatistics.largest(s));
    ShellRows rows = statistics.rows(merged, s, grid, options.voxels());
    Column count = merged.column(ColumnNames.COUNT);
    int[] all = new int[rows.size()];
    RedundancyShell[] shells = new RedundancyShell[grid.count()];
    statistics
        .parallel()
        .forEach(
            shells.length,
            c -> {
              for (int place = rows.start(c); place < rows.start(c + 1); place++) {
                all[place] = (int) count.get(rows.row(place));
              }
              int[] sorted = Arrays.copyOfRange(all, rows.start(c), rows.start(c + 1));
              Arrays.sort(sorted);
              shells[c] = RedundancyShell.of(grid.lower(c), grid.upper(c), sorted);
            });
    Arrays.sort(all);
    double sMax = shells.length == 0 ? grid.sMin() : grid.upper(shells.length - 1);
    return new RedundancyTable(
        Arrays.asList(shells), RedundancyShell.of(grid.sMin(), sMax, all), bars(all));
  }

  private static List<Bar> bars(int[] sorted) {
    List<Bar> bars = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        bars.add(new Bar(sorted[from], i - from));
        from = i;
      }
    }
    return bars;
  }

  private static Object[] cells(RedundancyShell x) {
    return new Object[] {
      x.sMin(),
      x.sMax(),
      x.voxels(),
      x.observations(),
      x.redundancy(),
      x.single(),
      x.min(),
      x.lowerQuartile(),
      x.median(),
      x.upperQuartile(),
      x.max()
    };
  }

  private List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    shells.forEach(shell -> rows.add(cells(shell)));
    rows.add(cells(overall));
    return rows;
  }

  /**
   * The shells as comma-separated values: a line of names, a line for each shell, one for all of
   * them. What is not known is left empty.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    return TextTable.csv(NAMES, rows());
  }

  /**
   * The histogram as comma-separated values: numbers of observations, voxels that have them, and
   * their fraction of all voxels.
   *
   * @return lines ending with a line feed
   */
  public String histogramCsv() {
    List<Object[]> rows = new ArrayList<>();
    for (Bar bar : histogram) {
      double fraction = (double) bar.voxels() / overall.voxels();
      rows.add(new Object[] {bar.observations(), bar.voxels(), fraction});
    }
    return TextTable.csv(HISTOGRAM, rows);
  }

  /**
   * Aligned columns for reading: the shells and a line for all of them.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    return TextTable.text(NAMES, FORMATS.split(" "), rows());
  }

  @Override
  public String toString() {
    return toText();
  }
}
