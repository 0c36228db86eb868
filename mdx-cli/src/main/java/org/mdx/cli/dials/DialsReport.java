package org.mdx.cli.dials;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.reflection.ReflectionFlag;

/** The text that tells what is in an experiment or a table of reflections. */
final class DialsReport {
  private static final String LINE = "  %-30s %-22s %-36s %-36s %s";

  private final StringBuilder text = new StringBuilder();

  private DialsReport() {}

  /** What is in a table: experiments, columns with their ranges, flags. */
  static String of(ReflectionTable table) {
    DialsReport report = new DialsReport();
    report.line("  %d reflections, %d columns", table.rows(), table.columns().size());
    report.experiments(table);
    report.line(LINE, "column", "type", "least", "greatest", "mean");
    table.columns().forEach(report::column);
    report.flags(table);
    return report.text.toString();
  }

  /** What the models of an experiment are. */
  static String of(int number, DialsExperiment e) {
    DialsReport report = new DialsReport();
    report.line("  experiment %d: %s", number, e.identifier().isEmpty() ? "-" : e.identifier());
    report.geometry(e.geometry());
    if (e.template() != null) {
      report.line("    files        %s", e.template());
    }
    if (e.mask() != null) {
      report.line("    mask         %s", e.mask());
    }
    return report.text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private void experiments(ReflectionTable table) {
    if (!table.has("id") || !table.column("id").type().equals(ColumnType.INT)) {
      return;
    }
    Map<Long, Integer> counts = new TreeMap<>();
    table.identifiers().keySet().forEach(id -> counts.put(id, 0));
    for (int i = 0; i < table.rows(); i++) {
      counts.merge(table.column("id").integer(i), 1, Integer::sum);
    }
    counts.forEach(
        (id, n) ->
            line(
                "  id %d: %d reflections%s",
                id,
                n,
                table.identifiers().containsKey(id) ? " of " + table.identifiers().get(id) : ""));
  }

  private void column(String name, ReflectionColumn c) {
    if (!c.type().isNumeric() || c.rows() == 0) {
      line(LINE, name, c.type().name(), "", "", "");
      return;
    }
    int n = c.type().components();
    double[] least = new double[n];
    double[] greatest = new double[n];
    double[] sum = new double[n];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    for (int row = 0; row < c.rows(); row++) {
      for (int k = 0; k < n; k++) {
        double v = c.value(row, k);
        least[k] = Math.min(least[k], v);
        greatest[k] = Math.max(greatest[k], v);
        sum[k] += v / c.rows();
      }
    }
    boolean real = c.type().element() == ColumnType.Element.DOUBLE;
    line(LINE, name, c.type().name(), join(least, real), join(greatest, real), join(sum, true));
  }

  private static String join(double[] values, boolean real) {
    return Arrays.stream(values)
        .mapToObj(v -> String.format(Locale.ROOT, real ? "%.5g" : "%.0f", v))
        .collect(Collectors.joining(", "));
  }

  private void flags(ReflectionTable table) {
    if (!table.has("flags") || !table.column("flags").type().equals(ColumnType.SIZE_T)) {
      return;
    }
    line("  flags");
    ReflectionColumn flags = table.column("flags");
    for (ReflectionFlag flag : ReflectionFlag.values()) {
      int n = 0;
      for (int i = 0; i < table.rows(); i++) {
        n += flag.isSet(flags.integer(i)) ? 1 : 0;
      }
      if (n > 0) {
        line("    %-36s %8d", flag.label(), n);
      }
    }
  }

  /** A number with up to six digits. */
  private static String number(double v) {
    return new BigDecimal(v).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  private void geometry(Geometry g) {
    Scan s = g.scan();
    line(
        "    images       %d to %d, from %s° by %s°, %s s each",
        s.firstImage(),
        s.firstImage() + s.frames() - 1,
        number(s.start()),
        number(s.width()),
        number(s.exposure(0)));
    line(
        "    beam         %s Å, %s, polarized %s",
        number(g.beam().wavelength()),
        g.beam().probe().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        number(g.beam().polarizationFraction()));
    List<Panel> panels = g.detector().panels();
    Panel p = panels.get(0);
    line(
        "    detector     %d panel%s, the first of %d x %d pixels of %s x %s mm at %s mm",
        panels.size(),
        panels.size() == 1 ? "" : "s",
        p.width(),
        p.height(),
        number(p.pixelWidth()),
        number(p.pixelHeight()),
        number(Math.abs(p.origin().dot(p.normal()))));
    g.crystal().ifPresent(this::crystal);
  }

  private void crystal(Crystal crystal) {
    UnitCell c = crystal.cell();
    line(
        "    crystal      %.4f %.4f %.4f Å  %.4f %.4f %.4f°, %s%s",
        c.a(),
        c.b(),
        c.c(),
        c.alpha(),
        c.beta(),
        c.gamma(),
        crystal.spaceGroup(),
        crystal.scanPoints().isEmpty()
            ? ""
            : ", varies at " + crystal.scanPoints().size() + " scan points");
  }
}
