package org.mdx.merge;

import java.util.ArrayList;
import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** The columns of a table that are merged. */
final class Observations {

  final HKLTable table;
  final Column intensity;
  final Column error;

  /** Variance without signal and for each unit of it; null if the error column decides. */
  final Column v0;

  final Column v1;

  /** Length of the scattering vector, null if not known or not needed. */
  final Column s;

  /** Symmetry operator, null unless the split needs it. */
  final Column op;

  /** Whether an error below 0, that of a scale below 0, counts; so it does in mdx2. */
  private final boolean signedErrors;

  /**
   * The observations of a table.
   *
   * @throws IllegalArgumentException if a column is missing
   */
  Observations(HKLTable table, MergeOptions options) {
    this.table = table;
    signedErrors = options.conventions().isMdx2();
    intensity = table.column(options.intensity());
    error = table.column(options.error());
    boolean expected = tellsVariances(table, options);
    v0 = expected ? table.column(ColumnNames.BACKGROUND_VARIANCE) : null;
    v1 = expected ? table.column(ColumnNames.VARIANCE_PER_INTENSITY) : null;
    s = expected && table.has(ColumnNames.S) ? table.column(ColumnNames.S) : null;
    op = options.split() == Split.FRIEDEL ? table.column(ColumnNames.OP) : null;
  }

  /** A table with no more columns than are needed. */
  static HKLTable thin(HKLTable table, MergeOptions options) {
    List<String> names = new ArrayList<>(List.of(options.intensity(), options.error()));
    if (tellsVariances(table, options)) {
      names.addAll(List.of(ColumnNames.BACKGROUND_VARIANCE, ColumnNames.VARIANCE_PER_INTENSITY));
      if (table.has(ColumnNames.S)) {
        names.add(ColumnNames.S);
      }
    }
    if (options.split() == Split.FRIEDEL) {
      names.add(ColumnNames.OP);
    }
    HKLTable slim = HKLTable.of(table.ndiv(), table.h(), table.k(), table.l());
    for (String name : names) {
      slim = slim.with(name, table.column(name));
    }
    return slim;
  }

  private static boolean tellsVariances(HKLTable table, MergeOptions options) {
    return options.intensity().equals(ColumnNames.INTENSITY)
        && options.errorModel() == ErrorModel.EXPECTED
        && !options.conventions().isMdx2()
        && table.has(ColumnNames.BACKGROUND_VARIANCE)
        && table.has(ColumnNames.VARIANCE_PER_INTENSITY);
  }

  /** Whether variances come from the expected intensity. */
  ErrorModel model() {
    return v0 == null ? ErrorModel.COUNTED : ErrorModel.EXPECTED;
  }

  /** Whether a row can be weighted. */
  boolean isValid(int row) {
    double e = error.get(row);
    return isValid(intensity.get(row), signedErrors ? Math.abs(e) : e)
        && (v0 == null || isVariance(v0.get(row), v1.get(row)));
  }

  private static boolean isValid(double intensity, double error) {
    double w = 1 / (error * error);
    return error > 0 && w > 0 && w <= Double.MAX_VALUE && Math.abs(intensity) <= Double.MAX_VALUE;
  }

  private static boolean isVariance(double v0, double v1) {
    return v0 >= 0 && v0 <= Double.MAX_VALUE && v1 > 0 && v1 <= Double.MAX_VALUE;
  }
}
