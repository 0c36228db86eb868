package org.mdx.figures.report;

import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.figures.Figure;
import org.mdx.parallel.Parallel;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;

/** Sections about a merged table that was read from a file. */
public final class TableReport {
  private TableReport() {}

  /**
   * Properties and statistics of a table.
   *
   * @param report takes the sections
   * @param merged the table
   * @param crystal cell and symmetry
   * @param parallel threads
   */
  public static void statistics(
      Report report, HKLTable merged, Crystal crystal, Parallel parallel) {
    report.properties(merged, crystal);
    report.statistics(
        merged, ShellStatistics.of(crystal.cell(), crystal.spaceGroup()).parallel(parallel));
  }

  /**
   * The planes of a table that symmetry leaves different.
   *
   * @param merged the table
   * @param crystal cell and symmetry
   * @param parallel threads
   * @return a figure for each
   */
  public static List<Figure> planes(HKLTable merged, Crystal crystal, Parallel parallel) {
    return DistinctPlanes.of(merged, crystal, parallel);
  }
}
