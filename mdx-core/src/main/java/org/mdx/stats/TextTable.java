package org.mdx.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables as text. Cells are numbers or words; NaN, and −1 where integers count, is "not known". */
final class TextTable {
  private static final String GAP = "  ";

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

  /** Names and values of a row, without what is not known. */
  static Map<String, Object> known(String[] names, Object[] row) {
    Map<String, Object> known = new LinkedHashMap<>();
    for (int c = 0; c < names.length; c++) {
      if (isKnown(row[c])) {
        known.put(names[c], row[c]);
      }
    }
    return known;
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
    return text(names, formats, rows, Integer.MAX_VALUE, List.of());
  }

  /**
   * Aligned columns as {@link #text(String[], String[], List)}, no wider than a number of
   * characters as long as there are columns to leave out for that.
   *
   * @param dispensable names of columns, those first that are left out first
   */
  static String text(
      String[] names, String[] formats, List<Object[]> rows, int most, List<String> dispensable) {
    int[] width = widths(names, formats, rows);
    for (String name : dispensable) {
      if (Arrays.stream(width).filter(w -> w > 0).map(w -> w + GAP.length()).sum() - GAP.length()
          <= most) {
        break;
      }
      int c = Arrays.asList(names).indexOf(name);
      if (c >= 0) {
        width[c] = 0;
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

  /** Characters of each column; 0 for those to leave out. */
  private static int[] widths(String[] names, String[] formats, List<Object[]> rows) {
    int[] width = new int[names.length];
    for (Object[] row : rows) {
      for (int c = 0; c < width.length; c++) {
        if (!formats[c].equals("-") && isKnown(row[c])) {
          width[c] =
              Math.max(width[c], Math.max(cell(row[c], formats[c]).length(), names[c].length()));
        }
      }
    }
    return width;
  }

  private static void textLine(StringBuilder out, String[] cells, String[] formats, int[] width) {
    String gap = "";
    for (int c = 0; c < cells.length; c++) {
      if (width[c] > 0) {
        String align = formats[c].equals("s") ? "%-" : "%";
        out.append(gap).append(String.format(Locale.ROOT, align + width[c] + "s", cells[c]));
        gap = GAP;
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
