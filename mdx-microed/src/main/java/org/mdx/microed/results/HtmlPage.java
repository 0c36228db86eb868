package org.mdx.microed.results;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mdx.markup.Html;

/** The table as a page without anything outside it: no fonts, scripts or pictures to load. */
final class HtmlPage {
  /** What stands between an underscore and the next blank is written below the line. */
  private static final String[] HEADINGS = {
    "Crystal",
    "Resolution / Å",
    "Interpolated / Å",
    "Cell / Å, °",
    "Symmetry",
    "Frames",
    "Complete / %",
    "Mult.",
    "Unique",
    "I/σ",
    "R_meas",
    "R_pim",
    "CC_½",
    "CC_½ by resolution",
    "Scale by frame",
    "Notes"
  };

  private static final long LARGEST_PICTURE = 4 << 20;

  private final Html out = Html.page("en");
  private final double ccLimit;

  private HtmlPage(double ccLimit) {
    this.ccLimit = ccLimit;
  }

  static String of(ResultTable table, String title) {
    HtmlPage page = new HtmlPage(table.ccLimit());
    page.head(title, table);
    int number = 0;
    for (CrystalResult r : table.rows()) {
      page.row(r, number++);
    }
    page.out.close().close().close().line(); // tbody, table, div
    page.out.element("h2", "Merging statistics").line();
    number = 0;
    for (CrystalResult r : table.rows()) {
      page.statistics(r, number++);
    }
    return page.out.code("script", SCRIPT).close().line().finish();
  }

  private void head(String title, ResultTable table) {
    long solved = table.rows().stream().filter(r -> !Double.isNaN(r.limit().resolution())).count();
    out.line().open("head").line().empty("meta", "charset", "utf-8").line();
    out.empty("meta", "name", "viewport", "content", "width=device-width").line();
    out.element("title", title).line().code("style", STYLE).close().line();
    out.open("body").line().element("h1", title).line();
    out.open("p").text(table.rows().size()).text(" trials, ").text(solved);
    lowered(" with a resolution: d_min of the last shell whose CC_½ is above ");
    out.text(ccLimit + ". A click on a heading sorts.").close().line();
    out.open("div", "class", "wide").open("table", "id", "crystals").open("thead").open("tr");
    for (String h : HEADINGS) {
      out.open("th", "scope", "col").open("button", "type", "button");
      lowered(h);
      out.close().close();
    }
    out.close().close().line().open("tbody").line();
  }

  /** Writes a text in which an underscore lowers what follows up to the next blank. */
  private void lowered(String text) {
    int at = 0;
    for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', at)) {
      int end = text.indexOf(' ', i);
      end = end < 0 ? text.length() : end;
      out.text(text.substring(at, i)).element("sub", text.substring(i + 1, end));
      at = end;
    }
    out.text(text.substring(at));
  }

  private void row(CrystalResult r, int number) {
    out.open("tr", "class", r.stopped().isEmpty() ? null : "stopped");
    if (r.merging().isPresent() || r.picture().isPresent()) {
      cell(r.path(), Html.part().element("a", r.path(), "href", "#c" + number));
    } else {
      cell(r.path(), r.path(), null);
    }
    number(r.limit().resolution(), 2, r.limit().atEdge() ? "≤ " : "");
    number(r.limit().interpolated(), 2, "");
    cell(
        r.cell().map(c -> c.values().get(0)).orElse(""),
        r.cell().map(CellText::toString).orElse(""),
        "cell");
    cell(r.symmetry(), r.symmetry(), "cell");
    frames(r);
    number(r.overall("%comp"), 1, "");
    number(r.overall("mult."), 2, "");
    number(r.overall("#uniq"), 0, "");
    number(r.overall("<I/sI>"), 1, "");
    number(r.overall("r_meas"), 3, "");
    number(r.overall("r_pim"), 3, "");
    number(r.overall("cc1/2"), 3, "");
    cell("", correlation(r));
    cell("", scales(r));
    cell("", String.join("; ", Cells.notes(r, ccLimit)), "notes");
    out.close().line();
  }

  private void frames(CrystalResult r) {
    if (r.frames() == 0) {
      cell("", "", null);
      return;
    }
    int kept = r.framesKept();
    cell(
        Integer.toString(kept),
        kept == 0 ? "– / " + r.frames() : kept + " / " + r.frames(),
        "number");
  }

  private void number(double v, int decimals, String before) {
    String text = Double.isNaN(v) ? "" : Cells.fixed(v, decimals);
    cell(text, text.isEmpty() ? "" : before + text, "number");
  }

  private void cell(String sort, String text, String kind) {
    out.element("td", text, "class", kind, "data-s", sort);
  }

  private void cell(String sort, Html content) {
    out.open("td", "data-s", sort).add(content).close();
  }

  /** CC1/2 against 1/d². */
  private Html correlation(CrystalResult r) {
    List<CrystalResult.Point> points = new ArrayList<>();
    r.merging()
        .ifPresent(
            m -> {
              for (int s = 0; s < m.shells().size(); s++) {
                double d = m.value(s, "d_min");
                double cc = m.value(s, "cc1/2");
                if (!Double.isNaN(cc)) {
                  points.add(new CrystalResult.Point(1 / (d * d), cc));
                }
              }
            });
    return points.isEmpty()
        ? Html.part()
        : Plot.svg(points, 0, 1, ccLimit, "CC½ of " + r.path() + " from 0 to 1 against 1/d²");
  }

  private static Html scales(CrystalResult r) {
    double highest = 0;
    for (CrystalResult.Point p : r.frameScales()) {
      highest = Math.max(highest, p.y());
    }
    return r.frameScales().isEmpty()
        ? Html.part()
        : Plot.svg(
            r.frameScales(),
            0,
            highest,
            Double.NaN,
            "Scale factor of " + r.path() + " by frame, 0 to " + Cells.fixed(highest, 2));
  }

  private void statistics(CrystalResult r, int number) {
    Optional<MergingTable> merging = r.merging();
    Optional<String> picture = picture(r);
    if (merging.isEmpty() && picture.isEmpty()) {
      return;
    }
    out.open("details", "id", "c" + number).element("summary", r.path()).line();
    picture.ifPresent(
        data ->
            out.empty("img", "class", "axes", "alt", "axes of " + r.path(), "src", data).line());
    merging.ifPresent(this::table);
    out.close().line();
  }

  /** A picture that stands in the page itself; none if it cannot be read or is too large. */
  private static Optional<String> picture(CrystalResult r) {
    try {
      if (r.picture().isEmpty() || Files.size(r.picture().get()) > LARGEST_PICTURE) {
        return Optional.empty();
      }
      byte[] png = Files.readAllBytes(r.picture().get());
      return Optional.of("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    } catch (IOException e) {
      return Optional.empty(); // the row is worth more than none
    }
  }

  private void table(MergingTable m) {
    out.open("table").open("thead").open("tr");
    m.columns().forEach(c -> out.element("th", c, "scope", "col"));
    out.close().close().open("tbody").line();
    m.shells().forEach(s -> shell(s, null));
    if (!m.overall().isEmpty()) {
      shell(m.overall(), "all");
    }
    out.close().close().line();
  }

  private void shell(List<String> cells, String kind) {
    out.open("tr", "class", kind);
    cells.forEach(c -> out.element("td", c, "class", "number"));
    out.close().line();
  }

  private static final String STYLE =
      """
      body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #1b1f24; background: #fff; }
      h1 { font-size: 1.3rem; margin: 0 0 .3rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; }
      th, td { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid #d8dee4; }
      thead th { border-bottom: 2px solid #57606a; vertical-align: bottom; white-space: nowrap; }
      th button { font: inherit; font-weight: 600; border: 0; padding: 0; background: none;
        color: inherit; cursor: pointer; text-align: left; }
      th[aria-sort=ascending] button::after { content: " ▲"; }
      th[aria-sort=descending] button::after { content: " ▼"; }
      .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .cell { white-space: nowrap; font-variant-numeric: tabular-nums; }
      .notes { min-width: 16rem; max-width: 28rem; }
      .stopped { color: #6e7781; } .all td { font-weight: 600; border-top: 2px solid #57606a; }
      .axes { max-width: 24rem; display: block; margin: .5rem 1rem; }
      .plot { display: block; }
      .plot polyline { fill: none; stroke: #0550ae; stroke-width: 1.5; }
      .plot .limit { stroke: #afb8c1; stroke-dasharray: 3 3; }
      details { margin: .3rem 0; } summary { cursor: pointer; } details table { margin: .5rem 1rem; }
      """;

  /** Sorts rows by the values in {@code data-s}; empty ones stay last. */
  private static final String SCRIPT =
      """
      const table = document.getElementById("crystals");
      table.querySelectorAll("th").forEach((th, column) => th.addEventListener("click", () => {
        const down = th.getAttribute("aria-sort") === "ascending";
        table.querySelectorAll("th").forEach(o => o.removeAttribute("aria-sort"));
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const key = row => row.cells[column].dataset.s;
        const rows = Array.from(body.rows).sort((p, q) => {
          const a = key(p), b = key(q);
          if (a === "" || b === "") return (a === "") - (b === "");
          const order = isNaN(a) || isNaN(b) ? a.localeCompare(b) : a - b;
          return down ? -order : order;
        });
        rows.forEach(r => body.appendChild(r));
      }));
      const unfold = () => { const d = document.getElementById(location.hash.slice(1)); if (d) d.open = true; };
      window.addEventListener("hashchange", unfold);
      unfold();
      """;
}
