package org.mdx.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Agreement of several tables with each other, each intensity without the isotropic average of its
 * own table where a correlation is anisotropic.
 *
 * @param names of the tables
 * @param shells limits of the shells
 * @param pairs every pair of tables: 0 and 1, 0 and 2, …, 1 and 2, …
 * @param others for each table its agreement with the mean of all others, Σ w I/Σ w with w = 1/σ²
 */
public record CrossTable(
    List<String> names, ShellGrid shells, List<Pair> pairs, List<Pair> others) {
  /** What stands for the mean of all others in the second column. */
  private static final String OTHERS = "others";

  private static final String[] NAMES = {
    "first",
    "second",
    "s_min",
    "s_max",
    "pairs",
    "cc",
    "cc_aniso",
    "cc_error",
    "cc_chance",
    "cc_expected",
    "r"
  };
  private static final String[] SUMMARY = {
    "table", "pairs", "cc", "cc_aniso", "cc_error", "cc_expected", "cc_mean", "r"
  };
  private static final String FORMATS = "s 0 3 3 3 3 3 3";

  /**
   * Agreement of two tables.
   *
   * @param first number of a table, from 0
   * @param second number of the other, above {@code first}; −1 for the mean of all others
   * @param shells from low to high s
   * @param overall over the voxels of all shells
   */
  public record Pair(int first, int second, List<Agreement> shells, Agreement overall) {
    public Pair {
      shells = List.copyOf(shells);
    }

    /**
     * The mean of the anisotropic correlation over shells, each counting the same.
     *
     * @return the mean over the shells that have one; NaN if none has
     */
    public double meanOverShells() {
      return shells.stream()
          .mapToDouble(Agreement::ccAnisotropic)
          .filter(x -> !Double.isNaN(x))
          .average()
          .orElse(Double.NaN);
    }
  }

  public CrossTable {
    names = List.copyOf(names);
    pairs = List.copyOf(pairs);
    others = List.copyOf(others);
  }

  /**
   * Agreement of two of the tables.
   *
   * @param first number of a table, from 0
   * @param second number of another
   * @return the pair, whichever of them comes first
   * @throws IllegalArgumentException if there is no such pair
   */
  public Pair pair(int first, int second) {
    return pairs.stream()
        .filter(p -> p.first() == Math.min(first, second) && p.second() == Math.max(first, second))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no pair " + first + " and " + second + " of " + names.size() + " tables"));
  }

  /**
   * Comma-separated values: a line of names; for each pair, and for each table against the others,
   * a line for each shell and one for all of them. What is not known is left empty.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    List<Object[]> rows = new ArrayList<>();
    List<Pair> all = new ArrayList<>(pairs);
    all.addAll(others);
    for (Pair pair : all) {
      for (int c = 0; c < shells.count(); c++) {
        rows.add(cells(pair, shells.lower(c), shells.upper(c), pair.shells().get(c)));
      }
      rows.add(cells(pair, shells.sMin(), shells.sMax(), pair.overall()));
    }
    return TextTable.csv(NAMES, rows);
  }

  private Object[] cells(Pair pair, double sMin, double sMax, Agreement a) {
    return new Object[] {
      names.get(pair.first()),
      pair.second() < 0 ? OTHERS : names.get(pair.second()),
      sMin,
      sMax,
      a.pairs(),
      a.cc(),
      a.ccAnisotropic(),
      a.error(),
      a.chance(),
      a.expected(),
      a.r()
    };
  }

  /**
   * For reading: each table against the mean of the others, then a matrix of the anisotropic
   * correlations, over all voxels above the diagonal and as mean over shells below.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    List<Object[]> rows = new ArrayList<>();
    for (Pair p : others) {
      Agreement a = p.overall();
      rows.add(
          new Object[] {
            label(p.first()),
            a.pairs(),
            a.cc(),
            a.ccAnisotropic(),
            a.error(),
            a.expected(),
            p.meanOverShells(),
            a.r()
          });
    }
    return TextTable.text(SUMMARY, FORMATS.split(" "), rows) + "\n" + matrix();
  }

  private String label(int table) {
    return table + " " + names.get(table);
  }

  private String matrix() {
    int n = names.size();
    StringBuilder out = new StringBuilder("     ");
    for (int j = 0; j < n; j++) {
      out.append(String.format(Locale.ROOT, "%7d", j));
    }
    out.append('\n');
    for (int i = 0; i < n; i++) {
      out.append(String.format(Locale.ROOT, "%5d", i));
      for (int j = 0; j < n; j++) {
        double cc =
            i == j
                ? Double.NaN
                : i < j ? pair(i, j).overall().ccAnisotropic() : pair(i, j).meanOverShells();
        out.append(Double.isNaN(cc) ? "      -" : String.format(Locale.ROOT, "%7.3f", cc));
      }
      out.append('\n');
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return toText();
  }
}
