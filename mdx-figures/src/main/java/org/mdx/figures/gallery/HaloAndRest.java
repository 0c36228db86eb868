package org.mdx.figures.gallery;

import java.util.Objects;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.stats.Voxels;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/**
 * Statistics of a merged table in the same shells for the voxels centred on reflections and for all
 * others.
 *
 * @param name of the table
 * @param halo voxels at integral indices that are not systematically absent
 * @param rest all others
 */
public record HaloAndRest(String name, ShellTable halo, ShellTable rest) {
  public HaloAndRest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(halo, "halo");
    Objects.requireNonNull(rest, "rest");
  }

  /**
   * The statistics of a table.
   *
   * @param name of the table
   * @param statistics for its cell and symmetry
   * @param merged the table
   * @param options the shells
   * @return both
   */
  public static HaloAndRest of(
      String name, ShellStatistics statistics, HKLTable merged, ShellOptions options) {
    return new HaloAndRest(
        name,
        statistics.compute(merged, options.voxels(Voxels.HALO)),
        statistics.compute(merged, options.voxels(Voxels.REST)));
  }

  /**
   * The largest mean of the rest's shells, by which intensities are divided to compare tables.
   *
   * @return 1 if no mean is above 0
   */
  public double divisor() {
    double most =
        rest.shells().stream()
            .mapToDouble(Shell::mean)
            .filter(m -> !Double.isNaN(m))
            .max()
            .orElse(1);
    return most > 0 ? most : 1;
  }

  /**
   * The table of these statistics with its intensities and their errors, whole and in halves,
   * divided by the {@link #divisor()}, so that tables with different scales compare.
   *
   * @param merged the table
   * @return another table
   */
  public HKLTable relative(HKLTable merged) {
    HKLTable table = merged;
    double divisor = divisor();
    for (String column : merged.columnNames()) {
      if (column.contains(ColumnNames.INTENSITY)) {
        Column values = merged.column(column);
        float[] divided = new float[values.size()];
        for (int i = 0; i < divided.length; i++) {
          divided[i] = (float) (values.get(i) / divisor);
        }
        table = table.with(column, FloatColumn.of(divided));
      }
    }
    return table;
  }
}
