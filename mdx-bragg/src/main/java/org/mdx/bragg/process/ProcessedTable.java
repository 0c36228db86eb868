package org.mdx.bragg.process;

import java.util.List;
import java.util.Locale;
import org.mdx.bragg.merge.MergeShell;
import org.mdx.crystal.UnitCell;

/** Crystals and data sets as lines of text. */
final class ProcessedTable {
  private ProcessedTable() {}

  static String of(Processed p) {
    StringBuilder b = new StringBuilder();
    int width = Math.max(7, p.crystals().stream().mapToInt(c -> c.name().length()).max().orElse(0));
    add(
        b,
        "%-" + width + "s %6s %6s %8s %6s %6s %6s  %-47s %6s %6s %6s %5s%n",
        "crystal",
        "images",
        "spots",
        "indexed%",
        "x px",
        "y px",
        "frames",
        "cell",
        "sigma_m",
        "integr.",
        "I/sig",
        "d min");
    for (ProcessedCrystal c : p.crystals()) {
      crystal(b, width, c);
    }
    sets(b, p);
    p.notes().forEach(n -> add(b, "%s%n", n));
    return b.toString();
  }

  private static void crystal(StringBuilder b, int width, ProcessedCrystal c) {
    CrystalSummary s = c.summary();
    add(
        b,
        "%-" + width + "s %6d %6d %8s %6s %6s %6s  %-47s %6s %6d %6s %5s%n",
        c.name(),
        s.images(),
        s.spots(),
        s.spots() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100.0 * s.indexed() / s.spots()),
        number("%.3f", s.rmsdX()),
        number("%.3f", s.rmsdY()),
        number("%.3f", s.rmsdFrames()),
        cell(s.cell()),
        number("%.3f", s.sigmaM()),
        s.integrated(),
        number("%.1f", s.iOverSigma()),
        number("%.2f", s.dMin()));
    c.failure().ifPresent(f -> add(b, "  failed, %s%n", f.toString().lines().findFirst().get()));
    c.notes().forEach(n -> add(b, "  %s%n", n));
  }

  private static String cell(List<Double> c) {
    return Double.isNaN(c.get(0))
        ? "-"
        : String.format(
            Locale.ROOT,
            "%7.3f %7.3f %7.3f %6.2f %6.2f %6.2f",
            c.get(0),
            c.get(1),
            c.get(2),
            c.get(3),
            c.get(4),
            c.get(5));
  }

  private static void sets(StringBuilder b, Processed p) {
    if (p.dataSets().isEmpty()) {
      return;
    }
    add(
        b,
        "%n%-10s %6s  %-11s %-47s %6s %6s %6s %6s %6s %6s %6s %6s %6s%n",
        "data set",
        "sweeps",
        "space group",
        "cell",
        "d min",
        "obs.",
        "unique",
        "compl%",
        "mult.",
        "R_meas",
        "R_pim",
        "CC1/2",
        "I/sig");
    for (DataSet d : p.dataSets()) {
      MergeShell o = d.merged().overall();
      UnitCell c = d.merged().cell();
      add(
          b,
          "%-10s %6d  %-11s %-47s %6s %6d %6d %6s %6s %6s %6s %6s %6s%n",
          d.name(),
          d.sweeps().size(),
          d.merged().spaceGroup().hermannMauguin(),
          cell(List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma())),
          number("%.2f", d.merged().resolution()),
          o.observations(),
          o.unique(),
          number("%.1f", 100 * o.completeness()),
          number("%.1f", o.multiplicity()),
          number("%.3f", o.rMeas()),
          number("%.3f", o.rPim()),
          number("%.4f", o.ccHalf()),
          number("%.1f", o.iOverSigma()));
    }
    for (DataSet d : p.dataSets()) {
      add(b, "%s: %s%n", d.name(), d.what());
      d.notes().forEach(n -> add(b, "  %s%n", n));
    }
  }

  private static String number(String pattern, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, pattern, value) : "-";
  }

  private static void add(StringBuilder b, String pattern, Object... values) {
    b.append(String.format(Locale.ROOT, pattern, values));
  }
}
