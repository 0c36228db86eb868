package org.mdx.merge;

import java.util.ArrayList;
import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** The columns that are merged, of all tables one behind the other. */
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

  private Observations(HKLTable table, MergeOptions options) {
    this.table = table;
    signedErrors = options.conventions().isMdx2();
    intensity = table.column(options.intensity());
    error = table.column(options.error());
    v0 =
        table.has(ColumnNames.BACKGROUND_VARIANCE)
            ? table.column(ColumnNames.BACKGROUND_VARIANCE)
            : null;
    v1 = v0 == null ? null : table.column(ColumnNames.VARIANCE_PER_INTENSITY);
    s = table.has(ColumnNames.S) ? table.column(ColumnNames.S) : null;
    op = table.has(ColumnNames.OP) ? table.column(ColumnNames.OP) : null;
  }

  /** One table with no more columns than are needed. */
  static Observations of(List<HKLTable> tables, MergeOptions options) {
    boolean expected = model(tables, options) == ErrorModel.EXPECTED;
    List<String> names = new ArrayList<>(List.of(options.intensity(), options.error()));
    if (expected) {
      names.addAll(List.of(ColumnNames.BACKGROUND_VARIANCE, ColumnNames.VARIANCE_PER_INTENSITY));
      if (tables.stream().allMatch(t -> t.has(ColumnNames.S))) {
        names.add(ColumnNames.S);
      }
    }
    if (options.split() == Split.FRIEDEL) {
      names.add(ColumnNames.OP);
    }
    List<HKLTable> thin = new ArrayList<>();
    for (HKLTable t : tables) {
      HKLTable slim = HKLTable.of(t.ndiv(), t.h(), t.k(), t.l());
      for (String name : names) {
        slim = slim.with(name, t.column(name));
      }
      thin.add(slim);
    }
    return new Observations(thin.size() == 1 ? thin.get(0) : HKLTable.concatenate(thin), options);
  }

  private static ErrorModel model(List<HKLTable> tables, MergeOptions options) {
    boolean known =
        options.intensity().equals(ColumnNames.INTENSITY)
            && tables.stream()
                .allMatch(
                    t ->
                        t.has(ColumnNames.BACKGROUND_VARIANCE)
                            && t.has(ColumnNames.VARIANCE_PER_INTENSITY));
    return known && !options.conventions().isMdx2() ? options.errorModel() : ErrorModel.COUNTED;
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
