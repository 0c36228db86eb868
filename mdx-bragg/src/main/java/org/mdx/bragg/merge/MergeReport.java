package org.mdx.bragg.merge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Merging statistics under the keys that {@code dials.report} and {@code dials.scale} write:
 * figures of Plotly, and tables of words.
 */
public final class MergeReport {
  private MergeReport() {}

  /**
   * The report.
   *
   * @param m merged intensities
   * @return maps, lists, texts and numbers, for JSON
   */
  public static Map<String, Object> of(Merged m) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("scaling_tables", tables(m));
    root.put("resolution_graphs", graphs(m));
    return root;
  }

  private static Map<String, Object> tables(Merged m) {
    Map<String, Object> t = new LinkedHashMap<>();
    t.put("overall", overall(m));
    t.put("resolution_binned", binned(m));
    t.put("cc_half_significance_level", 0.01);
    MergeShell o = m.overall();
    MergeShell high = last(m);
    Map<String, Object> s = new LinkedHashMap<>();
    s.put(
        "Resolution range (Å)",
        format("%.2f - %.2f (%.2f - %.2f)", o.dMax(), o.dMin(), high.dMax(), high.dMin()));
    s.put("Completeness (%)", pair("%.1f", m, x -> 100 * x.completeness()));
    s.put("Multiplicity", pair("%.1f", m, MergeShell::multiplicity));
    s.put("CC-half", pair("%.4f", m, MergeShell::ccHalf));
    s.put("I/sigma", pair("%.1f", m, MergeShell::iOverSigma));
    s.put("Rmerge(I)", pair("%.4f", m, MergeShell::rMerge));
    s.put("Anomalous completeness (%)", pair("%.1f", m, x -> 100 * x.anomalousCompleteness()));
    t.put("overall_summary_data", s);
    return t;
  }

  private static MergeShell last(Merged m) {
    return m.shells().get(m.shells().size() - 1);
  }

  private static String pair(String pattern, Merged m, ToDoubleFunction<MergeShell> of) {
    return format(pattern, of.applyAsDouble(m.overall()))
        + " ("
        + format(pattern, of.applyAsDouble(last(m)))
        + ")";
  }

  private static List<List<String>> overall(Merged m) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "Overall", "Low resolution", "High resolution"));
    rows.add(row(m, "Resolution (Å)", s -> format("%.2f - %.2f", s.dMax(), s.dMin())));
    rows.add(row(m, "Observations", s -> String.valueOf(s.observations())));
    rows.add(row(m, "Unique reflections", s -> String.valueOf(s.unique())));
    rows.add(row(m, "Multiplicity", s -> format("%.1f", s.multiplicity())));
    rows.add(row(m, "Completeness", s -> format("%.2f%%", 100 * s.completeness())));
    rows.add(row(m, "Mean I/σ(I)", s -> format("%.1f", s.iOverSigma())));
    rows.add(row(m, "R<sub>merge</sub>", s -> format("%.3f", s.rMerge())));
    rows.add(row(m, "R<sub>meas</sub>", s -> format("%.3f", s.rMeas())));
    rows.add(row(m, "R<sub>pim</sub>", s -> format("%.3f", s.rPim())));
    rows.add(row(m, "CC<sub>½</sub>", s -> format("%.3f", s.ccHalf())));
    return rows;
  }

  private static List<String> row(
      Merged m, String name, java.util.function.Function<MergeShell, String> of) {
    return List.of(name, of.apply(m.overall()), of.apply(m.shells().get(0)), of.apply(last(m)));
  }

  private static List<List<String>> binned(Merged m) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "Resolution (Å)",
            "N(obs)",
            "N(unique)",
            "Multiplicity",
            "Completeness",
            "Mean I",
            "Mean I/σ(I)",
            "R<sub>merge</sub>",
            "R<sub>meas</sub>",
            "R<sub>pim</sub>",
            "R<sub>anom</sub>",
            "CC<sub>½</sub>"));
    for (MergeShell s : m.shells()) {
      rows.add(
          List.of(
              format("%.2f - %.2f", s.dMax(), s.dMin()),
              String.valueOf(s.observations()),
              String.valueOf(s.unique()),
              format("%.2f", s.multiplicity()),
              format("%.2f", 100 * s.completeness()),
              format("%.1f", s.meanI()),
              format("%.1f", s.iOverSigma()),
              format("%.3f", s.rMerge()),
              format("%.3f", s.rMeas()),
              format("%.3f", s.rPim()),
              format("%.3f", s.rAnom()),
              format("%.3f", s.ccHalf())));
    }
    return rows;
  }

  /**
   * The graphs of the report by resolution.
   *
   * @param m merged intensities
   * @return figures of Plotly by their keys
   */
  public static Map<String, Object> graphs(Merged m) {
    Map<String, Object> g = new LinkedHashMap<>();
    g.put("cc_one_half", graph(m, "CC½ vs resolution", "CC½", MergeShell::ccHalf));
    g.put("i_over_sig_i", graph(m, "<I/σ(I)> vs resolution", "<I/σ(I)>", MergeShell::iOverSigma));
    g.put(
        "completeness",
        and(
            graph(m, "Completeness vs resolution", "Completeness", MergeShell::completeness),
            graph(m, "", "Anomalous completeness", MergeShell::anomalousCompleteness)));
    g.put(
        "multiplicity_vs_resolution",
        graph(m, "Multiplicity vs resolution", "Multiplicity", MergeShell::multiplicity));
    g.put("r_pim", graph(m, "R-pim vs resolution", "R-pim", MergeShell::rPim));
    g.put(
        "wilson_intensity_plot",
        graph(m, "Mean intensity vs resolution", "Mean intensity", MergeShell::meanI));
    return g;
  }

  /** The lines of both in the first. */
  private static Map<String, Object> and(Map<String, Object> one, Map<String, Object> other) {
    List<Object> lines = new ArrayList<>((List<?>) one.get("data"));
    lines.addAll((List<?>) other.get("data"));
    one.put("data", lines);
    return one;
  }

  private static Map<String, Object> graph(
      Merged m, String title, String axis, ToDoubleFunction<MergeShell> of) {
    List<Object> x = new ArrayList<>();
    List<Object> y = new ArrayList<>();
    List<Object> ticks = new ArrayList<>();
    List<Object> texts = new ArrayList<>();
    for (MergeShell s : m.shells()) {
      double middle = (1 / (s.dMax() * s.dMax()) + 1 / (s.dMin() * s.dMin())) / 2;
      x.add(middle);
      y.add(finite(of.applyAsDouble(s)));
      ticks.add(middle);
      texts.add(format("%.2f", 1 / Math.sqrt(middle)));
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("x", x);
    line.put("y", y);
    line.put("type", "scatter");
    line.put("name", axis);
    Map<String, Object> across = new LinkedHashMap<>();
    across.put("title", "Resolution (Å)");
    across.put("tickvals", ticks);
    across.put("ticktext", texts);
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", title);
    layout.put("xaxis", across);
    layout.put("yaxis", Map.of("title", axis, "rangemode", "tozero"));
    Map<String, Object> graph = new LinkedHashMap<>();
    graph.put("data", List.of(line));
    graph.put("layout", layout);
    return graph;
  }

  /** JSON has no NaN. */
  private static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
