package org.mdx.stats;

import java.util.List;
import java.util.Locale;

/** Tables as text. Cells are numbers or words; NaN, and −1 where integers count, is "not known". */
final class TextTable {
  private TextTable() {}

  /** Comma-separated values, six significant figures; what is not known is left empty. */
  static String csv(String[] names, List<Object[]> rows) {
    StringBuilder out = new StringBuilder(String.join(",", names)).append('\n');
    for (Object[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        out.append(c == 0 ? "" : ",");
        if (row[c] instanceof String word) {
          out.append(quoted(word));
        } else if (isKnown(row[c])) {
          out.append(row[c] instanceof Double x ? String.format(Locale.ROOT, "%.6g", x) : row[c]);
        }
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** A word as a cell of comma-separated values. */
  static String quoted(String word) {
    return word.matches("[^,\"\\r\\n]*") ? word : '"' + word.replace("\"", "\"\"") + '"';
  }

  /**
   * Aligned columns; those that nothing is known of are left out.
   *
   * @param formats for each column the number of decimals, {@code g} for four significant figures,
   *     {@code s} for words, which are aligned at the left, {@code -} for columns to leave out
   */
  static String text(String[] names, String[] formats, List<Object[]> rows) {
    int[] width = new int[names.length];
    for (Object[] row : rows) {
      for (int c = 0; c < width.length; c++) {
        if (!formats[c].equals("-") && isKnown(row[c])) {
          width[c] =
              Math.max(width[c], Math.max(cell(row[c], formats[c]).length(), names[c].length()));
        }
      }
    }
    StringBuilder out = new StringBuilder();
    textLine(out, names, formats, width);
    for (Object[] row : rows) {
      String[] cells = new String[row.length];
      for (int c = 0; c < row.length; c++) {
        cells[c] = width[c] > 0 && isKnown(row[c]) ? cell(row[c], formats[c]) : "-";
      }
      textLine(out, cells, formats, width);
    }
    return out.toString();
  }

  private static void textLine(StringBuilder out, String[] cells, String[] formats, int[] width) {
    String gap = "";
    for (int c = 0; c < cells.length; c++) {
      if (width[c] > 0) {
        String align = formats[c].equals("s") ? "%-" : "%";
        out.append(gap).append(String.format(Locale.ROOT, align + width[c] + "s", cells[c]));
        gap = "  ";
      }
    }
    out.append('\n');
  }

  private static boolean isKnown(Object cell) {
    return !(cell instanceof Double x && Double.isNaN(x)
        || cell instanceof Number n && n.longValue() == -1 && !(cell instanceof Double));
  }

  private static String cell(Object cell, String format) {
    return switch (format) {
      case "s" -> cell.toString();
      case "g" -> String.format(Locale.ROOT, "%.4g", ((Number) cell).doubleValue());
      default -> String.format(Locale.ROOT, "%." + format + "f", ((Number) cell).doubleValue());
    };
  }
}
