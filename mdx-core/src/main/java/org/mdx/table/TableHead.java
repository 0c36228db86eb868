package org.mdx.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first rows of a table for reading; prints itself with names and units of the columns. */
public final class TableHead {
  private final String text;

  private TableHead(String text) {
    this.text = text;
  }

  static TableHead of(HKLTable table, int rows) {
    List<List<String>> columns = new ArrayList<>();
    columns.add(index("h", table.h(), table.ndiv().h(), rows));
    columns.add(index("k", table.k(), table.ndiv().k(), rows));
    columns.add(index("l", table.l(), table.ndiv().l(), rows));
    for (String name : table.columnNames()) {
      List<String> column = new ArrayList<>(List.of(name, Text.unit(name)));
      for (int i = 0; i < rows; i++) {
        column.add(text(table.column(name), i));
      }
      columns.add(column);
    }
    StringBuilder out = new StringBuilder("\n");
    for (int line = 0; line < rows + 2; line++) {
      StringBuilder row = new StringBuilder();
      for (List<String> column : columns) {
        int width = column.stream().mapToInt(String::length).max().orElse(0);
        row.append(String.format(Locale.ROOT, "  %" + width + "s", column.get(line)));
      }
      out.append(row.substring(2).stripTrailing()).append('\n');
    }
    return new TableHead(out + (rows < table.rows() ? "… " + (table.rows() - rows) + " more" : ""));
  }

  private static String text(Column column, int row) {
    return column instanceof IntColumn c
        ? String.valueOf(c.value(row))
        : Text.number(column.get(row));
  }

  private static List<String> index(String name, IntColumn index, int ndiv, int rows) {
    List<String> column = new ArrayList<>(List.of(name, ""));
    for (int i = 0; i < rows; i++) {
      column.add(String.format(Locale.ROOT, ndiv == 1 ? "%.0f" : "%.3f", index.get(i) / ndiv));
    }
    return column;
  }

  /**
   * Begins on a line of its own; lines of equally wide columns: names, units, one line a row, and
   * how many more there are.
   */
  @Override
  public String toString() {
    return text;
  }
}
