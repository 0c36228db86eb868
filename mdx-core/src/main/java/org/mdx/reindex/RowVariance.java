package org.mdx.reindex;

import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Variances of observations to weigh them by. Where the table tells how the variance depends on the
 * true intensity, it is that of the sweep's mean intensity: then weights do not follow the counts,
 * which would draw the mean of few counts to zero. Otherwise it is the squared error.
 */
final class RowVariance {
  private final Column error;
  private final Column background;
  private final Column slope;
  private final double expected;

  private RowVariance(Column error, Column background, Column slope, double expected) {
    this.error = error;
    this.background = background;
    this.slope = slope;
    this.expected = expected;
  }

  static RowVariance of(HKLTable table) {
    if (!table.has(ColumnNames.BACKGROUND_VARIANCE)
        || !table.has(ColumnNames.VARIANCE_PER_INTENSITY)) {
      return new RowVariance(table.column(ColumnNames.INTENSITY_ERROR), null, null, 0);
    }
    Column intensity = table.column(ColumnNames.INTENSITY);
    Column slope = table.column(ColumnNames.VARIANCE_PER_INTENSITY);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < table.rows(); i++) {
      double value = intensity.get(i);
      double weight = 1 / slope.get(i);
      if (Double.isFinite(value) && weight > 0 && weight < Double.MAX_VALUE) {
        sum += weight * value;
        weights += weight;
      }
    }
    return new RowVariance(
        null,
        table.column(ColumnNames.BACKGROUND_VARIANCE),
        slope,
        weights > 0 ? Math.max(0, sum / weights) : 0);
  }

  /** Whether variances come from the error column and so from the counts. */
  boolean followsCounts() {
    return error != null;
  }

  /** The variance of a row. */
  double of(int row) {
    return error != null
        ? error.get(row) * error.get(row)
        : background.get(row) + slope.get(row) * expected;
  }
}
