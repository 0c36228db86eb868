package org.mdx.stats;

import java.util.ArrayList;
import java.util.List;

/**
 * Statistics of several tables, such as merges of 1, 2, 4, … sweeps.
 *
 * @param names of the tables
 * @param tables their statistics, with the same {@code halves} and {@code other}
 */
public record ShellSeries(List<String> names, List<ShellTable> tables) {
  private static final String[] SUMMARY = {
    "table",
    "voxels",
    "completeness",
    "redundancy",
    "cc_half",
    "cc_half_aniso",
    "cc_half_error",
    "cc_half_expected",
    "cc_half_mean",
    "cc_star",
    "r_half",
    "cc_truth",
    "cc_truth_aniso",
    "cc_truth_error",
    "cc_truth_expected",
    "cc_truth_mean",
    "r_truth"
  };

  /** Columns that text leaves out where it is too wide, these first. */
  private static final String[] DISPENSABLE = {
    "cc_truth_expected",
    "cc_half_expected",
    "cc_half_error",
    "cc_truth_error",
    "r_truth",
    "cc_star",
    "r_half",
    "cc_truth_mean",
    "cc_half_mean"
  };

  private static final String FORMATS = "s 0 3 1 3 3 3 3 3 3 3 3 3 3 3 3 3";

  public ShellSeries {
    names = List.copyOf(names);
    tables = List.copyOf(tables);
    if (names.size() != tables.size() || names.isEmpty()) {
      throw new IllegalArgumentException(names.size() + " names for " + tables.size() + " tables");
    }
    for (ShellTable t : tables) {
      if (t.halves() != tables.get(0).halves() || !t.other().equals(tables.get(0).other())) {
        throw new IllegalArgumentException(
            "tables of "
                + tables.get(0).halves()
                + " halves compared with "
                + tables.get(0).other()
                + " and of "
                + t.halves()
                + " halves compared with "
                + t.other()
                + " have no columns in common");
      }
    }
  }

  /**
   * A name as a cell of comma-separated values.
   *
   * @param name any text
   * @return the same, in quotation marks if it has a comma, a quotation mark or a line's end
   */
  public static String quoted(String name) {
    return TextTable.quoted(name);
  }

  /**
   * Comma-separated values: those of {@link ShellTable#toCsv} for each table, with the table's name
   * in front.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    List<Object[]> rows = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      for (Object[] row : tables.get(t).rows()) {
        Object[] named = new Object[row.length + 1];
        named[0] = names.get(t);
        System.arraycopy(row, 0, named, 1, row.length);
        rows.add(named);
      }
    }
    String[] columns = tables.get(0).names();
    String[] named = new String[columns.length + 1];
    named[0] = "table";
    System.arraycopy(columns, 0, named, 1, columns.length);
    return TextTable.csv(named, rows);
  }

  private static Object[] cells(String name, ShellTable t) {
    Shell x = t.overall();
    boolean friedel = t.halves() == Halves.FRIEDEL;
    return new Object[] {
      name,
      x.voxels(),
      x.completeness().fraction(),
      x.redundancy(),
      x.halves().cc(),
      x.halves().ccAnisotropic(),
      x.halves().error(),
      x.halves().expected(),
      t.meanOverShells(Shell::ccHalfAnisotropic),
      friedel ? Double.NaN : x.halves().ccStar(),
      friedel ? x.halves().r() : x.halves().rSplit(),
      x.truth().cc(),
      x.truth().ccAnisotropic(),
      x.truth().error(),
      x.truth().expected(),
      t.meanOverShells(Shell::ccTruthAnisotropic),
      x.truth().r()
    };
  }

  /**
   * For reading: a line for each table with its statistics over all shells; {@code …_mean} is the
   * mean over shells of the anisotropic correlation.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    return toText(Integer.MAX_VALUE);
  }

  /**
   * Lines as {@link #toText()}, without the less important columns if they would become too long.
   *
   * @param width most characters of a line
   * @return lines ending with a line feed
   */
  public String toText(int width) {
    List<Object[]> rows = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      rows.add(cells(names.get(t), tables.get(t)));
    }
    ShellTable first = tables.get(0);
    return TextTable.text(
        first.named(SUMMARY), FORMATS.split(" "), rows, width, List.of(first.named(DISPENSABLE)));
  }

  @Override
  public String toString() {
    return toText();
  }
}
