package org.mdx.figures.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.Figure;
import org.mdx.figures.Page;
import org.mdx.figures.PageTable;
import org.mdx.figures.PageTable.Cell;
import org.mdx.figures.gallery.HaloAndRest;
import org.mdx.figures.gallery.ResidualFigures;
import org.mdx.figures.gallery.Residuals;
import org.mdx.figures.gallery.ScalingFigures;
import org.mdx.figures.gallery.ShellFigures;
import org.mdx.figures.gallery.TableFigures;
import org.mdx.markup.Html;
import org.mdx.math.Mat3;
import org.mdx.scale.ScalingModel;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.stats.Voxels;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/**
 * A report, section by section. A builder, to be used once; sections appear in the order in which
 * they are asked for.
 */
public final class Report {
  private static final int SHELLS = 40;

  /** Longer facts stand in the table at the end alone. */
  private static final int LONGEST_LEAD = 60;

  private final Page page;
  private final Provenance provenance;

  private Report(Page page, Provenance provenance) {
    this.page = page;
    this.provenance = provenance;
  }

  /**
   * Begins a report.
   *
   * @param provenance where it comes from
   * @return a builder
   */
  public static Report of(Provenance provenance) {
    Page page = Page.of(provenance.title());
    List<String> facts = new ArrayList<>();
    for (Map.Entry<String, String> fact : provenance.facts().entrySet()) {
      if (fact.getValue().length() <= LONGEST_LEAD) {
        facts.add(fact.getKey() + " " + fact.getValue());
      }
    }
    if (!facts.isEmpty()) {
      page.lead(String.join(" · ", facts));
    }
    return new Report(page, provenance);
  }

  /**
   * Writes a table of numbers with what is expected of them.
   *
   * @param checks the numbers
   * @return this builder
   */
  public Report checks(List<Check> checks) {
    page.section("Is it good?");
    PageTable table = PageTable.of("number", "value", "expected", "verdict", "if it is not");
    for (Check c : checks) {
      Cell value = Cell.of(c.value(), c.value(), true);
      table = table.row(c.name(), value, c.expected(), c.verdict(), c.hint());
    }
    page.table(table);
    return this;
  }

  /**
   * Begins a section.
   *
   * @param heading of it
   * @return this builder
   */
  public Report section(String heading) {
    page.section(heading);
    return this;
  }

  /**
   * Writes a paragraph.
   *
   * @param text of it
   * @return this builder
   */
  public Report paragraph(String text) {
    page.paragraph(text);
    return this;
  }

  /**
   * Writes a table.
   *
   * @param table of any columns
   * @return this builder
   */
  public Report table(PageTable table) {
    page.table(table);
    return this;
  }

  /**
   * Writes a table that is unfolded by a click, or by a link to its name.
   *
   * @param id name that links have after #
   * @param summary what is seen of it at first
   * @param table its rows
   * @return this builder
   */
  public Report details(String id, String summary, PageTable table) {
    page.details(id, summary, table);
    return this;
  }

  /**
   * Writes anything that is unfolded by a click, or by a link to its name.
   *
   * @param id name that links have after #
   * @param summary what is seen of it at first
   * @param content what is unfolded
   * @return this builder
   */
  public Report details(String id, String summary, Html content) {
    page.details(id, summary, content);
    return this;
  }

  /**
   * Writes figures.
   *
   * @param figures one after another
   * @return this builder
   */
  public Report figures(List<Figure> figures) {
    figures.forEach(page::figure);
    return this;
  }

  /**
   * Writes lines as they stand.
   *
   * @param text of any number of lines
   * @return this builder
   */
  public Report code(String text) {
    page.code(text);
    return this;
  }

  /**
   * Writes cell, symmetry and subdivision of a table, and what its columns hold.
   *
   * @param table any
   * @param crystal of it
   * @return this builder
   */
  public Report properties(HKLTable table, Crystal crystal) {
    page.section("Properties of the map");
    UnitCell c = crystal.cell();
    Mat3 b = c.reciprocal();
    double volume = Math.abs(b.determinant());
    Subdivision n = table.ndiv();
    PageTable facts =
        PageTable.of("property", "value", "unit")
            .row("cell a, b, c", text(c.a(), c.b(), c.c()), "Å")
            .row("cell α, β, γ", text(c.alpha(), c.beta(), c.gamma()), "°")
            .row("space group", crystal.spaceGroup().toString(), "")
            .row("Laue group", crystal.spaceGroup().laueGroup().symbol(), "")
            .row(
                "volume of the reciprocal cell V*",
                String.format(Locale.ROOT, "%.6g", volume),
                "Å⁻³")
            .row("subdivision", n.toString(), "voxels per index")
            .row(
                "volume of a voxel",
                String.format(Locale.ROOT, "%.6g", volume / ((double) n.h() * n.k() * n.l())),
                "Å⁻³")
            .row("rows", Integer.toString(table.rows()), "voxels");
    page.table(facts);
    PageTable columns =
        PageTable.of("column", "count", "mean", "std", "min", "25 %", "50 %", "75 %", "max");
    for (String name : table.columnNames()) {
      double[] q = ColumnSummary.of(table.column(name));
      columns = columns.row(name, (long) q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7]);
    }
    page.table(columns);
    return this;
  }

  private static String text(double x, double y, double z) {
    return String.format(Locale.ROOT, "%.4f  %.4f  %.4f", x, y, z);
  }

  /**
   * Writes statistics in shells: figures and a table.
   *
   * @param merged a merged table
   * @param statistics for its cell and symmetry
   * @return this builder
   */
  public Report statistics(HKLTable merged, ShellStatistics statistics) {
    return statistics(merged, statistics, null);
  }

  /**
   * Writes statistics in shells with the correlation with the truth.
   *
   * @param merged a merged table
   * @param statistics for its cell and symmetry
   * @param truth table of true intensities of its voxels; null where nobody knows them
   * @return this builder
   */
  public Report statistics(HKLTable merged, ShellStatistics statistics, HKLTable truth) {
    page.section("Statistics in shells");
    boolean fine = !merged.ndiv().equals(Subdivision.NONE);
    ShellOptions shells = ShellOptions.defaults();
    ShellTable all = statistics.compute(merged, shells);
    if (all.overall().voxels() == 0) {
      page.paragraph("No voxel has an intensity.");
      return this;
    }
    ShellOptions between = shells.voxels(fine ? Voxels.REST : Voxels.ALL);
    ShellTable rest =
        truth != null
            ? statistics.compute(merged, truth, ColumnNames.INTENSITY, between)
            : fine ? statistics.compute(merged, between) : all;
    page.figure(ShellFigures.overview(rest).title(fine ? "Between the reflections" : "All voxels"));
    if (fine) {
      HaloAndRest both = HaloAndRest.of("merged", statistics, merged, shells);
      page.figure(ShellFigures.intensity(List.of(both)).columns(2));
      page.figure(ShellFigures.statistics(all, rest));
    }
    page.figure(
        ShellFigures.isotropic(statistics.isotropic(merged, ColumnNames.INTENSITY, shells)));
    if (merged.has(ColumnNames.GROUP_0 + ColumnNames.INTENSITY)) {
      page.figure(TableFigures.halves(merged));
    }
    ShellOptions few = shells.count(SHELLS).voxels(fine ? Voxels.REST : Voxels.ALL);
    page.table(shellTable(statistics.compute(merged, few)));
    return this;
  }

  private static PageTable shellTable(ShellTable table) {
    PageTable t =
        PageTable.of(
            "s from (1/Å)",
            "s to (1/Å)",
            "d to (Å)",
            "voxels",
            "completeness",
            "redundancy",
            "mean I",
            "rms anisotropic",
            "mean σ",
            "CC½",
            "CC½ aniso",
            "expected");
    for (Shell x : table.shells()) {
      if (x.voxels() > 0) {
        t =
            t.row(
                x.sMin(),
                x.sMax(),
                1 / x.sMax(),
                x.voxels(),
                x.completeness().fraction(),
                x.redundancy(),
                x.mean(),
                x.anisotropic(),
                x.error(),
                x.ccHalf(),
                x.ccHalfAnisotropic(),
                x.ccHalfExpected());
      }
    }
    return t;
  }

  /**
   * Writes the terms of scaling models.
   *
   * @param names of the sweeps
   * @param models as many
   * @return this builder
   */
  public Report scaling(List<String> names, List<ScalingModel> models) {
    return scaling(names, models, List.of());
  }

  /**
   * Writes the terms of scaling models beside the true scales of simulated data.
   *
   * @param names of the sweeps
   * @param models as many
   * @param truth true scale of each sweep by φ in degrees; none where nobody knows it
   * @return this builder
   */
  public Report scaling(
      List<String> names, List<ScalingModel> models, List<DoubleUnaryOperator> truth) {
    page.section("Scaling models");
    page.paragraph(
        "An observation is I = a·d·(b·M + c), M the merged intensity: scale b by rotation angle,"
            + " offset c by resolution and angle, absorption a by place and angle, detector factor"
            + " d by place.");
    List<Figure> figures = ScalingFigures.terms(names, models, truth);
    if (figures.isEmpty()) {
      page.paragraph("The models have no terms.");
    }
    return figures(figures);
  }

  /**
   * Writes how observations deviate from the merged intensity: their distribution, by intensity,
   * angle and place.
   *
   * @param residuals the deviations
   * @param names of the sweeps
   * @return this builder
   */
  public Report deviations(Residuals residuals, List<String> names) {
    page.section("Deviations");
    if (residuals.size() == 0) {
      page.paragraph("No voxel has two observations.");
      return this;
    }
    return figures(List.of(ResidualFigures.deviations(residuals)))
        .figures(ResidualFigures.places(residuals, names));
  }

  /**
   * Writes the planes of a table that symmetry leaves different.
   *
   * @param planes figures of them
   * @return this builder
   */
  public Report slices(List<Figure> planes) {
    page.section("Planes of reciprocal space");
    return figures(planes);
  }

  /**
   * Ends the report with where it comes from and how to repeat it.
   *
   * @return the text of the page
   */
  public String finish() {
    if (provenance.isEmpty()) {
      return page.finish();
    }
    page.section("Where this comes from");
    PageTable facts = PageTable.of("what", "value");
    for (Map.Entry<String, String> fact : provenance.facts().entrySet()) {
      facts = facts.row(fact.getKey(), fact.getValue());
    }
    for (String input : provenance.inputs()) {
      facts = facts.row("input", input);
    }
    page.table(facts);
    if (!provenance.repeat().isEmpty()) {
      page.subsection("How to repeat it");
      page.code(provenance.repeat());
    }
    return page.finish();
  }

  /** Count, mean, standard deviation (n − 1), least, quartiles and largest of a column. */
  private static final class ColumnSummary {
    static double[] of(Column column) {
      double[] v = new double[column.size()];
      int n = 0;
      double sum = 0;
      for (int i = 0; i < v.length; i++) {
        double x = column.get(i);
        if (Math.abs(x) <= Double.MAX_VALUE) {
          v[n++] = x;
          sum += x;
        }
      }
      if (n == 0) {
        double none = Double.NaN;
        return new double[] {0, none, none, none, none, none, none, none};
      }
      double[] sorted = java.util.Arrays.copyOf(v, n);
      java.util.Arrays.sort(sorted);
      double mean = sum / n;
      double squares = 0;
      for (double x : sorted) {
        squares += (x - mean) * (x - mean);
      }
      return new double[] {
        n,
        mean,
        Math.sqrt(squares / (n - 1)),
        sorted[0],
        at(sorted, 0.25),
        at(sorted, 0.5),
        at(sorted, 0.75),
        sorted[n - 1]
      };
    }

    private static double at(double[] sorted, double q) {
      double place = q * (sorted.length - 1);
      int i = (int) place;
      int next = Math.min(i + 1, sorted.length - 1);
      return sorted[i] + (place - i) * (sorted[next] - sorted[i]);
    }
  }
}
