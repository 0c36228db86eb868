package org.mdx.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.mdx.markup.Html;

/** A table of a page, sorted by a click on a head. Immutable. */
public final class PageTable {
  private final List<String> heads;
  private final List<Object[]> rows;

  private PageTable(List<String> heads, List<Object[]> rows) {
    this.heads = List.copyOf(heads);
    this.rows = rows;
  }

  /** How good a number is. */
  public enum Verdict {
    /** As expected. */
    GOOD("as expected"),
    /** To be looked at. */
    LOOK("look at it"),
    /** Not usable as it is. */
    BAD("not good"),
    /** Nothing is expected. */
    NONE("");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }
  }

  /**
   * A table without rows.
   *
   * @param heads what stands above each column
   * @return the table
   */
  public static PageTable of(String... heads) {
    return new PageTable(List.of(heads), List.of());
  }

  /**
   * The same with a row more.
   *
   * @param cells a text, a number, or a {@link Verdict} for each column; a NaN is shown as a dash
   * @return another table
   * @throws IllegalArgumentException if there are not as many cells as heads
   */
  public PageTable row(Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " heads");
    }
    List<Object[]> more = new ArrayList<>(rows);
    more.add(cells.clone());
    return new PageTable(heads, more);
  }

  /**
   * Number of rows.
   *
   * @return 0 or more
   */
  public int size() {
    return rows.size();
  }

  void write(Html page) {
    page.open("div", "class", "scroll").open("table", "class", "sortable");
    page.open("thead").open("tr");
    for (int i = 0; i < heads.size(); i++) {
      page.element("th", heads.get(i), "class", isNumber(i) ? "number" : null);
    }
    page.close().close().open("tbody");
    for (Object[] row : rows) {
      page.open("tr");
      for (Object cell : row) {
        if (cell instanceof Number n) {
          double v = n.doubleValue();
          boolean none = Double.isNaN(v);
          String text =
              none
                  ? "–"
                  : cell instanceof Long || cell instanceof Integer
                      ? n.toString()
                      : number(v);
          page.element("td", text, "class", "number", "data-value", none ? "-1e308" : n.toString());
        } else if (cell instanceof Verdict v) {
          page.element("td", v.words, "class", v.name().toLowerCase(java.util.Locale.ROOT));
        } else {
          page.element("td", String.valueOf(cell));
        }
      }
      page.close();
    }
    page.close().close().close().line();
  }

  /** Five digits; the whole number is in the cell for those who sort. */
  private static String number(double v) {
    return Math.abs(v) <= Double.MAX_VALUE
        ? ChartPainter.number(new BigDecimal(v).round(new MathContext(5)).doubleValue())
        : Double.toString(v);
  }

  private boolean isNumber(int column) {
    return !rows.isEmpty() && rows.get(0)[column] instanceof Number;
  }

  /** The heads and the number of rows. */
  @Override
  public String toString() {
    return "PageTable[" + String.join(", ", heads) + "; " + rows.size() + " rows]";
  }
}
