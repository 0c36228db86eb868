package org.mdx.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Shells from low to high s, and all of them together.
 *
 * @param shells one after the other, without gaps; one can be empty
 * @param overall the same statistics over the voxels of all shells; its anisotropic correlations
 *     are those to look at, since the isotropic fall with s alone makes the others high
 * @param halves what the half-sets are: names of columns begin with {@code cc_half}, or with {@code
 *     cc_friedel}
 * @param other what the other table is called in names of columns, {@code truth} or {@code other}
 */
public record ShellTable(List<Shell> shells, Shell overall, Halves halves, String other) {
  /** {@code half} and {@code truth} stand for what they are called. */
  private static final String[] NAMES = {
    "s_min",
    "s_max",
    "s",
    "voxels",
    "possible",
    "completeness",
    "cumulative",
    "redundancy",
    "intensity",
    "std",
    "aniso_rms",
    "error",
    "pairs_half",
    "cc_half",
    "cc_half_aniso",
    "cc_half_error",
    "cc_half_chance",
    "cc_half_expected",
    "cc_star",
    "r_half",
    "pairs_truth",
    "cc_truth",
    "cc_truth_aniso",
    "cc_truth_error",
    "cc_truth_chance",
    "cc_truth_expected",
    "r_truth"
  };

  private static final String FORMATS = "3 3 - 0 - 3 3 1 g g g g - 3 3 3 - 3 3 3 - 3 3 3 - 3 3";

  /** Columns that text leaves out where it is too wide, these first. */
  private static final String[] DISPENSABLE = {
    "cumulative",
    "cc_truth_expected",
    "cc_half_expected",
    "cc_half_error",
    "cc_truth_error",
    "std",
    "aniso_rms",
    "r_truth",
    "cc_star",
    "error",
    "r_half",
    "cc_half_chance",
    "cc_truth_chance",
    "intensity"
  };

  public ShellTable {
    shells = List.copyOf(shells);
  }

  private Object[] cells(Shell x) {
    boolean friedel = halves == Halves.FRIEDEL;
    return new Object[] {
      x.sMin(),
      x.sMax(),
      x.s(),
      x.voxels(),
      x.completeness().possible(),
      x.completeness().fraction(),
      x.completeness().cumulative(),
      x.redundancy(),
      x.mean(),
      x.deviation(),
      x.anisotropic(),
      x.error(),
      known(x.halves()),
      x.halves().cc(),
      x.halves().ccAnisotropic(),
      x.halves().error(),
      x.halves().chance(),
      x.halves().expected(),
      friedel ? Double.NaN : x.halves().ccStar(),
      friedel ? x.halves().r() : x.halves().rSplit(),
      known(x.truth()),
      x.truth().cc(),
      x.truth().ccAnisotropic(),
      x.truth().error(),
      x.truth().chance(),
      x.truth().expected(),
      x.truth().r()
    };
  }

  /** The number of pairs; none means that there was nothing to compare. */
  private static long known(Agreement a) {
    return a.pairs() == 0 ? -1 : a.pairs();
  }

  /** Names of all columns. */
  String[] names() {
    return named(NAMES);
  }

  /** Names with what the halves and the other table are called. */
  String[] named(String... general) {
    String half = halves == Halves.FRIEDEL ? "friedel" : "half";
    String[] names = new String[general.length];
    for (int c = 0; c < names.length; c++) {
      names[c] =
          general[c].equals("r_half") && halves == Halves.RANDOM
              ? "r_split"
              : general[c].replace("half", half).replace("truth", other);
    }
    return names;
  }

  /**
   * The mean of a statistic over the shells that have it, each counting the same.
   *
   * @param statistic such as {@code Shell::ccHalfAnisotropic}
   * @return the mean; NaN if no shell has it
   */
  public double meanOverShells(ToDoubleFunction<Shell> statistic) {
    return shells.stream()
        .mapToDouble(statistic)
        .filter(x -> !Double.isNaN(x))
        .average()
        .orElse(Double.NaN);
  }

  /** Shells, then all of them. */
  List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    for (Shell shell : shells) {
      rows.add(cells(shell));
    }
    rows.add(cells(overall));
    return rows;
  }

  /**
   * Comma-separated values: a line of names, a line for each shell, one for all of them. What is
   * not known is left empty.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    return TextTable.csv(names(), rows());
  }

  /**
   * Statistics by the names of the columns, for programs. What is not known is left out.
   *
   * @return for each shell, then for all of them
   */
  public List<Map<String, Object>> records() {
    String[] names = names();
    return rows().stream().map(row -> TextTable.known(names, row)).toList();
  }

  /**
   * Aligned columns for reading: shells that hold voxels, then a line for all of them. Columns that
   * nothing is known of are left out, and a few that the comma-separated values have.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    return toText(Integer.MAX_VALUE);
  }

  /**
   * Aligned columns as {@link #toText()}, without the less important ones if the lines would become
   * too long.
   *
   * @param width most characters of a line; the important columns take about 90
   * @return lines ending with a line feed
   */
  public String toText(int width) {
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> all = rows();
    for (int i = 0; i < all.size(); i++) {
      if (i == shells.size() || shells.get(i).voxels() > 0) {
        rows.add(all.get(i));
      }
    }
    return TextTable.text(names(), FORMATS.split(" "), rows, width, List.of(named(DISPENSABLE)));
  }

  @Override
  public String toString() {
    return toText();
  }
}
