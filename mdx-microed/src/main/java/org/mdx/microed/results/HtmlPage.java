package org.mdx.microed.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table as a page without anything outside it: no fonts, scripts or pictures to load. */
final class HtmlPage {
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
    "R<sub>meas</sub>",
    "R<sub>pim</sub>",
    "CC<sub>½</sub>",
    "CC<sub>½</sub> by resolution",
    "Scale by frame",
    "Notes"
  };

  private final StringBuilder out = new StringBuilder();
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
    page.out.append("</tbody></table></div>\n");
    page.out.append("<h2>Merging statistics</h2>\n");
    number = 0;
    for (CrystalResult r : table.rows()) {
      page.statistics(r, number++);
    }
    return page.out.append(SCRIPT).append("</body>\n</html>\n").toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void head(String title, ResultTable table) {
    long solved = table.rows().stream().filter(r -> !Double.isNaN(r.limit().resolution())).count();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .append(escape(title))
        .append("</title>\n")
        .append(STYLE)
        .append("</head>\n<body>\n<h1>")
        .append(escape(title))
        .append("</h1>\n<p>")
        .append(table.rows().size())
        .append(" trials, ")
        .append(solved)
        .append(" with a resolution: d<sub>min</sub> of the last shell whose CC<sub>½</sub> is")
        .append(" above ")
        .append(ccLimit)
        .append(". A click on a heading sorts.</p>\n<div class=\"wide\"><table id=\"crystals\">")
        .append("<thead><tr>");
    for (String h : HEADINGS) {
      out.append("<th scope=\"col\"><button type=\"button\">").append(h).append("</button></th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
  }

  private void row(CrystalResult r, int number) {
    out.append(r.stopped().isEmpty() ? "<tr>" : "<tr class=\"stopped\">");
    String name = escape(r.path());
    cell(
        r.path(),
        r.merging().isPresent() ? "<a href=\"#c" + number + "\">" + name + "</a>" : name,
        "");
    number(r.limit().resolution(), 2, r.limit().atEdge() ? "≤ " : "");
    number(r.limit().interpolated(), 2, "");
    cell(
        r.cell().map(c -> c.values().get(0)).orElse(""),
        escape(r.cell().map(CellText::toString).orElse("")),
        "cell");
    cell(r.symmetry(), escape(r.symmetry()), "cell");
    frames(r);
    number(r.overall("%comp"), 1, "");
    number(r.overall("mult."), 2, "");
    number(r.overall("#uniq"), 0, "");
    number(r.overall("<I/sI>"), 1, "");
    number(r.overall("r_meas"), 3, "");
    number(r.overall("r_pim"), 3, "");
    number(r.overall("cc1/2"), 3, "");
    cell("", correlation(r), "");
    cell("", scales(r), "");
    cell("", escape(String.join("; ", Cells.notes(r, ccLimit))), "notes");
    out.append("</tr>\n");
  }

  private void frames(CrystalResult r) {
    if (r.frames() == 0) {
      cell("", "", "");
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

  private void cell(String sort, String html, String kind) {
    out.append("<td")
        .append(kind.isEmpty() ? "" : " class=\"" + kind + "\"")
        .append(" data-s=\"")
        .append(escape(sort))
        .append("\">")
        .append(html)
        .append("</td>");
  }

  /** CC1/2 against 1/d². */
  private String correlation(CrystalResult r) {
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
        ? ""
        : Plot.svg(points, 0, 1, ccLimit, "CC½ of " + r.path() + " from 0 to 1 against 1/d²");
  }

  private static String scales(CrystalResult r) {
    double highest = 0;
    for (CrystalResult.Point p : r.frameScales()) {
      highest = Math.max(highest, p.y());
    }
    return r.frameScales().isEmpty()
        ? ""
        : Plot.svg(
            r.frameScales(),
            0,
            highest,
            Double.NaN,
            "Scale factor of " + r.path() + " by frame, 0 to " + Cells.fixed(highest, 2));
  }

  private void statistics(CrystalResult r, int number) {
    Optional<MergingTable> merging = r.merging();
    if (merging.isEmpty()) {
      return;
    }
    MergingTable m = merging.get();
    out.append("<details id=\"c").append(number).append("\"><summary>");
    out.append(escape(r.path())).append("</summary>\n<table><thead><tr>");
    m.columns().forEach(c -> out.append("<th scope=\"col\">").append(escape(c)).append("</th>"));
    out.append("</tr></thead><tbody>\n");
    m.shells().forEach(s -> shell(s, "<tr>"));
    if (!m.overall().isEmpty()) {
      shell(m.overall(), "<tr class=\"all\">");
    }
    out.append("</tbody></table></details>\n");
  }

  private void shell(List<String> cells, String row) {
    out.append(row);
    cells.forEach(c -> out.append("<td class=\"number\">").append(escape(c)).append("</td>"));
    out.append("</tr>\n");
  }

  private static final String STYLE =
      """
      <style>
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
      .plot { display: block; }
      .plot polyline { fill: none; stroke: #0550ae; stroke-width: 1.5; }
      .plot .limit { stroke: #afb8c1; stroke-dasharray: 3 3; }
      details { margin: .3rem 0; } summary { cursor: pointer; } details table { margin: .5rem 1rem; }
      </style>
      """;

  /** Sorts rows by the values in {@code data-s}; empty ones stay last. */
  private static final String SCRIPT =
      """
      <script>
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
      </script>
      """;
}
