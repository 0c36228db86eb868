package org.mdx.microed.results;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mdx.figures.PageTable;
import org.mdx.figures.PageTable.Cell;
import org.mdx.figures.report.Provenance;
import org.mdx.figures.report.Report;
import org.mdx.markup.Html;

/** The table as a report: it sorts, and needs nothing outside of it. */
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
    "R_meas",
    "R_pim",
    "CC½",
    "CC½ by resolution",
    "Scale by frame",
    "Notes"
  };

  private static final long LARGEST_PICTURE = 4 << 20;

  private final double ccLimit;

  private HtmlPage(double ccLimit) {
    this.ccLimit = ccLimit;
  }

  static String of(ResultTable table, Provenance provenance) {
    HtmlPage page = new HtmlPage(table.ccLimit());
    long solved = table.rows().stream().filter(r -> !Double.isNaN(r.limit().resolution())).count();
    PageTable crystals = PageTable.of(HEADINGS);
    int number = 0;
    for (CrystalResult r : table.rows()) {
      crystals = crystals.row(page.row(r, number++));
      crystals = r.stopped().isEmpty() ? crystals : crystals.faint();
    }
    Report report =
        Report.of(provenance)
            .paragraph(
                table.rows().size()
                    + " trials, "
                    + solved
                    + " with a resolution: d_min of the last shell whose CC½ is above "
                    + table.ccLimit()
                    + ". A click on a heading sorts.")
            .table(crystals)
            .section("Merging statistics");
    number = 0;
    for (CrystalResult r : table.rows()) {
      int n = number++;
      Html content = Html.part();
      picture(r).ifPresent(d -> content.empty("img", "alt", "axes of " + r.path(), "src", d));
      r.merging().ifPresent(m -> content.add(statistics(m).toHtml()));
      if (r.merging().isPresent() || r.picture().isPresent()) {
        report.details("c" + n, r.path(), content);
      }
    }
    return report.finish();
  }

  private Object[] row(CrystalResult r, int number) {
    List<Cell> row = new ArrayList<>();
    Html path =
        r.merging().isPresent() || r.picture().isPresent()
            ? Html.part().element("a", r.path(), "href", "#c" + number)
            : Html.part().text(r.path());
    row.add(new Cell(path, r.path(), false));
    row.add(number(r.limit().resolution(), 2, r.limit().atEdge() ? "≤ " : ""));
    row.add(number(r.limit().interpolated(), 2, ""));
    row.add(
        Cell.of(
            r.cell().map(CellText::toString).orElse(""),
            r.cell().map(c -> c.values().get(0)).orElse(""),
            true));
    row.add(Cell.of(r.symmetry(), r.symmetry(), false));
    row.add(frames(r));
    row.add(number(r.overall("%comp"), 1, ""));
    row.add(number(r.overall("mult."), 2, ""));
    row.add(number(r.overall("#uniq"), 0, ""));
    row.add(number(r.overall("<I/sI>"), 1, ""));
    row.add(number(r.overall("r_meas"), 3, ""));
    row.add(number(r.overall("r_pim"), 3, ""));
    row.add(number(r.overall("cc1/2"), 3, ""));
    row.add(new Cell(correlation(r), "", false));
    row.add(new Cell(scales(r), "", false));
    String notes = String.join("; ", Cells.notes(r, ccLimit));
    row.add(Cell.of(notes, notes, false));
    return row.toArray();
  }

  private static Cell frames(CrystalResult r) {
    if (r.frames() == 0) {
      return Cell.of("", "", true);
    }
    int kept = r.framesKept();
    String text = kept == 0 ? "– / " + r.frames() : kept + " / " + r.frames();
    return Cell.of(text, Integer.toString(kept), true);
  }

  private static Cell number(double v, int decimals, String before) {
    String text = Double.isNaN(v) ? "" : Cells.fixed(v, decimals);
    return Cell.of(text.isEmpty() ? "" : before + text, text, true);
  }

  /** CC1/2 against 1/d². */
  private Html correlation(CrystalResult r) {
    List<CrystalResult.Point> points = new ArrayList<>();
    Optional<MergingTable> merging = r.merging();
    merging.ifPresent(
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

  /** The shells and, last, all data. */
  private static PageTable statistics(MergingTable m) {
    PageTable table = PageTable.of(m.columns().toArray(String[]::new));
    for (List<String> shell : m.shells()) {
      table = table.row(numbers(shell));
    }
    return m.overall().isEmpty() ? table : table.row(numbers(m.overall()));
  }

  private static Object[] numbers(List<String> cells) {
    return cells.stream().map(c -> Cell.of(c, c.replaceAll("[*^]+$", ""), true)).toArray();
  }
}
