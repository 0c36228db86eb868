package org.mdx.table;

import java.util.Locale;
import java.util.Map;

/** Columns and rows for reading. */
final class Text {
  /** Units of the columns that have one. */
  private static final Map<String, String> UNITS =
      Map.of(
          ColumnNames.PHI, "°",
          ColumnNames.IY, "px",
          ColumnNames.IX, "px",
          ColumnNames.SECONDS, "s",
          ColumnNames.S, "1/Å",
          ColumnNames.INTENSITY, "1/(s sr)",
          ColumnNames.INTENSITY_ERROR, "1/(s sr)",
          ColumnNames.RS_VOLUME, "cells");

  private Text() {}

  /** The unit of a column, empty where it has none; half-sets have that of the whole. */
  static String unit(String column) {
    return UNITS.getOrDefault(column.replaceFirst("^group_\\d+_", ""), "");
  }

  /** Such as {@code 41338 float values, 0.01 to 0.83, 12 missing}. */
  static String of(Column column, String type) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int missing = 0;
    for (int i = 0; i < column.size(); i++) {
      double x = column.get(i);
      if (x != x) {
        missing++;
      } else {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    }
    return column.size()
        + " "
        + type
        + (column.size() == 1 ? " value" : " values")
        + (low <= high ? ", " + number(low) + " to " + number(high) : "")
        + (missing > 0 ? ", " + missing + " missing" : "");
  }

  /** A number in up to six digits, without the trailing zeros. */
  static String number(double x) {
    if (x == Math.rint(x) && Math.abs(x) < 1e6) {
      return String.valueOf((long) x);
    }
    String text = String.format(Locale.ROOT, "%.6g", x);
    return text.indexOf('e') < 0 && text.indexOf('.') >= 0
        ? text.replaceFirst("\\.?0+$", "")
        : text;
  }
}
