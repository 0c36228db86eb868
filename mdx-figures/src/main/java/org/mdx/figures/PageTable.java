package org.mdx.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mdx.markup.Html;

/** A table of a page, sorted by a click on a head. Immutable. */
public final class PageTable {
  private final List<String> heads;
  private final List<Object[]> rows;
  private final Set<Integer> faint;

  private PageTable(List<String> heads, List<Object[]> rows, Set<Integer> faint) {
    this.heads = List.copyOf(heads);
    this.rows = rows;
    this.faint = faint;
  }

  /**
   * A cell that is more than its text: a link, a small picture, a number with uncertainties.
   *
   * @param content what is seen
   * @param sort a number or a text by which its row is sorted; empty to be last
   * @param number whether it stands to the right, as numbers do
   */
  public record Cell(Html content, String sort, boolean number) {
    /**
     * A text.
     *
     * @param text what is seen
     * @param sort by which its row is sorted
     * @param number whether it stands to the right
     * @return the cell
     */
    public static Cell of(String text, String sort, boolean number) {
      return new Cell(Html.part().text(text), sort, number);
    }
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
    return new PageTable(List.of(heads), List.of(), Set.of());
  }

  /**
   * The same with a row more.
   *
   * @param cells a text, a number, a {@link Verdict} or a {@link Cell} for each column; a NaN is
   *     shown as a dash
   * @return another table
   * @throws IllegalArgumentException if there are not as many cells as heads
   */
  public PageTable row(Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " heads");
    }
    List<Object[]> more = new ArrayList<>(rows);
    more.add(cells.clone());
    return new PageTable(heads, more, faint);
  }

  /**
   * The same with its last row in faint letters, for what is no result.
   *
   * @return another table
   */
  public PageTable faint() {
    Set<Integer> more = new HashSet<>(faint);
    more.add(rows.size() - 1);
    return new PageTable(heads, rows, more);
  }

  /**
   * Number of rows.
   *
   * @return 0 or more
   */
  public int size() {
    return rows.size();
  }

  /**
   * The table for a place of one's own in a page.
   *
   * @return its elements
   */
  public Html toHtml() {
    Html html = Html.part();
    write(html);
    return html;
  }

  void write(Html page) {
    page.open("div", "class", "scroll").open("table", "class", "sortable");
    page.open("thead").open("tr");
    for (int i = 0; i < heads.size(); i++) {
      page.element("th", heads.get(i), "class", isNumber(i) ? "number" : null);
    }
    page.close().close().open("tbody");
    for (int row = 0; row < rows.size(); row++) {
      page.open("tr", "class", faint.contains(row) ? "faint" : null);
      for (Object cell : rows.get(row)) {
        write(page, cell);
      }
      page.close();
    }
    page.close().close().close().line();
  }

  private static void write(Html page, Object cell) {
    if (cell instanceof Number n) {
      double v = n.doubleValue();
      boolean none = Double.isNaN(v);
      boolean whole = cell instanceof Long || cell instanceof Integer;
      String text = none ? "–" : whole ? n.toString() : number(v);
      page.element("td", text, "class", "number", "data-value", none ? "" : n.toString());
    } else if (cell instanceof Verdict v) {
      page.element("td", v.words, "class", v.name().toLowerCase(Locale.ROOT));
    } else if (cell instanceof Cell c) {
      page.open("td", "class", c.number() ? "number" : null, "data-value", c.sort());
      page.add(c.content()).close();
    } else {
      page.element("td", String.valueOf(cell));
    }
  }

  /** Five digits; the whole number is in the cell for those who sort. */
  private static String number(double v) {
    return Math.abs(v) <= Double.MAX_VALUE
        ? ChartPainter.number(new BigDecimal(v).round(new MathContext(5)).doubleValue())
        : Double.toString(v);
  }

  private boolean isNumber(int column) {
    Object first = rows.isEmpty() ? null : rows.get(0)[column];
    return first instanceof Number || first instanceof Cell c && c.number();
  }

  /** The heads and the number of rows. */
  @Override
  public String toString() {
    return "PageTable[" + String.join(", ", heads) + "; " + rows.size() + " rows]";
  }
}
