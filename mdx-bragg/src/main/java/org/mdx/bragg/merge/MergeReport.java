package org.mdx.bragg.merge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Merging statistics under the keys that {@code dials.report} and {@code dials.scale} write:
 * figures of Plotly, and tables of words.
 */
public final class MergeReport {
  private static final String BLUE = "rgb(31, 119, 180)";
  private static final String ORANGE = "rgb(255, 127, 14)";
  private static final int TICKS = 5;

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
    s.put("Completeness (%)", pair("%.2f", m, x -> 100 * x.completeness()));
    s.put("Multiplicity", pair("%.2f", m, MergeShell::multiplicity));
    s.put("CC-half", pair("%.4f", m, MergeShell::ccHalf));
    s.put("I/sigma", pair("%.2f", m, MergeShell::iOverSigma));
    s.put("Rmerge(I)", pair("%.4f", m, MergeShell::rMerge));
    s.put("Anomalous completeness (%)", pair("%.2f", m, x -> 100 * x.anomalousCompleteness()));
    s.put("Anomalous multiplicity", pair("%.2f", m, MergeShell::anomalousMultiplicity));
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
    rows.add(
        row(m, "<strong>Resolution (Å)</strong>", s -> format("%.2f - %.2f", s.dMax(), s.dMin())));
    rows.add(row(m, "<strong>Observations</strong>", s -> String.valueOf(s.observations())));
    rows.add(row(m, "<strong>Unique reflections</strong>", s -> String.valueOf(s.unique())));
    rows.add(row(m, "<strong>Multiplicity</strong>", s -> format("%.1f", s.multiplicity())));
    rows.add(
        row(m, "<strong>Completeness</strong>", s -> format("%.2f%%", 100 * s.completeness())));
    rows.add(row(m, "<strong>Mean I/σ(I)</strong>", s -> format("%.1f", s.iOverSigma())));
    rows.add(row(m, "<strong>R<sub>merge</sub></strong>", s -> format("%.3f", s.rMerge())));
    rows.add(row(m, "<strong>R<sub>meas</sub></strong>", s -> format("%.3f", s.rMeas())));
    rows.add(row(m, "<strong>R<sub>pim</sub></strong>", s -> format("%.3f", s.rPim())));
    rows.add(row(m, "<strong>CC<sub>½</sub></strong>", s -> format("%.3f", s.ccHalf())));
    return rows;
  }

  private static List<String> row(
      Merged m, String name, java.util.function.Function<MergeShell, String> of) {
    return List.of(name, of.apply(m.overall()), of.apply(m.shells().get(0)), of.apply(last(m)));
  }

  private static List<List<Object>> binned(Merged m) {
    List<List<Object>> rows = new ArrayList<>();
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
            "CC<sub>½</sub>",
            "CC<sub>ano</sub>"));
    for (MergeShell s : m.shells()) {
      rows.add(
          List.of(
              format("%.2f - %.2f", s.dMax(), s.dMin()),
              s.observations(),
              s.unique(),
              format("%.2f", s.multiplicity()),
              format("%.2f", 100 * s.completeness()),
              format("%.1f", s.meanI()),
              format("%.1f", s.iOverSigma()),
              format("%.3f", s.rMerge()),
              format("%.3f", s.rMeas()),
              format("%.3f", s.rPim()),
              format("%.3f", s.rAnom()),
              starred(s.ccHalf(), s.ccHalfCritical()),
              starred(s.ccAnomalous(), s.ccAnomalousCritical())));
    }
    return rows;
  }

  /** With a star if chance seldom makes as much. */
  private static String starred(double cc, double critical) {
    return format("%.3f", cc) + (cc > critical ? "*" : "");
  }

  /**
   * The graphs of the report by resolution.
   *
   * @param m merged intensities
   * @return figures of Plotly by their keys
   */
  public static Map<String, Object> graphs(Merged m) {
    Map<String, Object> g = new LinkedHashMap<>();
    g.put("cc_one_half", correlations(m));
    g.put(
        "i_over_sig_i",
        figure(
            m,
            "<I/σ(I)> vs resolution",
            "<I/σ(I)>",
            List.of(line(m, "I/sigI vs resolution", MergeShell::iOverSigma))));
    Map<String, Object> complete =
        figure(
            m,
            "Completeness vs resolution",
            "Completeness",
            List.of(
                line(m, "Completeness", MergeShell::completeness),
                line(m, "Anomalous completeness", MergeShell::anomalousCompleteness)));
    up(complete, Map.of("title", "Completeness", "range", List.of(0, 1)));
    g.put("completeness", complete);
    g.put(
        "multiplicity_vs_resolution",
        figure(
            m,
            "Multiplicity vs resolution",
            "Multiplicity",
            List.of(
                line(m, "Multiplicity", MergeShell::multiplicity),
                line(m, "Anomalous multiplicity", MergeShell::anomalousMultiplicity))));
    g.put(
        "r_pim",
        figure(
            m,
            "R<sub>pim</sub> vs resolution",
            "R<sub>pim</sub>",
            List.of(line(m, "R<sub>pim</sub> vs resolution", MergeShell::rPim))));
    Map<String, Object> wilson =
        figure(
            m, "Wilson intensity plot", "Mean(I)", List.of(line(m, "Observed", MergeShell::meanI)));
    up(wilson, Map.of("type", "log", "title", "Mean(I)", "rangemode", "tozero"));
    g.put("wilson_intensity_plot", wilson);
    return g;
  }

  private static Map<String, Object> correlations(Merged m) {
    List<Object> lines = new ArrayList<>();
    lines.add(drawn(line(m, "CC<sub>½</sub>", MergeShell::ccHalf), BLUE, false));
    Map<String, Object> chance =
        line(m, "CC<sub>½</sub> critical value (p=0.01)", MergeShell::ccHalfCritical);
    chance.put("line", Map.of("color", BLUE, "dash", "dot"));
    lines.add(chance);
    lines.add(drawn(line(m, "CC-anom", MergeShell::ccAnomalous), ORANGE, false));
    lines.add(
        drawn(
            line(m, "CC-anom critical value (p=0.01)", MergeShell::ccAnomalousCritical),
            ORANGE,
            true));
    // dials.report has the curve of a fit and its end here, when it is asked for one
    lines.add(Map.of());
    lines.add(Map.of());
    Map<String, Object> figure = figure(m, "CC<sub>½</sub> vs resolution", "CC<sub>½</sub>", lines);
    double least =
        m.shells().stream()
            .flatMapToDouble(s -> DoubleStream.of(s.ccHalf(), s.ccAnomalous()))
            .filter(Double::isFinite)
            .min()
            .orElse(0);
    up(
        figure,
        Map.of("title", "CC<sub>½</sub>", "range", List.of(Math.max(-1, Math.min(0, least)), 1)));
    figure.put(
        "help",
        "CC½ from the variances of the means and within the groups, that of the differences of"
            + " Friedel mates likewise. Dotted: what a shell without signal exceeds once in a"
            + " hundred times.");
    return figure;
  }

  private static Map<String, Object> drawn(Map<String, Object> line, String colour, boolean dots) {
    line.put("mode", "lines");
    line.put("line", dots ? Map.of("color", colour, "dash", "dot") : Map.of("color", colour));
    return line;
  }

  @SuppressWarnings("unchecked")
  private static void up(Map<String, Object> figure, Map<String, Object> axis) {
    ((Map<String, Object>) figure.get("layout")).put("yaxis", axis);
  }

  private static double[] middles(Merged m) {
    return m.shells().stream()
        .mapToDouble(s -> (1 / (s.dMax() * s.dMax()) + 1 / (s.dMin() * s.dMin())) / 2)
        .toArray();
  }

  /**
   * An axis of 1/d² with resolutions at five places.
   *
   * @param m merged intensities
   * @return the axis of a figure of Plotly
   */
  public static Map<String, Object> resolutionAxis(Merged m) {
    return resolutionAxis(middles(m));
  }

  /**
   * An axis of 1/d² with resolutions at five places.
   *
   * @param x values of 1/d², Å⁻², rising
   * @return the axis of a figure of Plotly
   */
  public static Map<String, Object> resolutionAxis(double[] x) {
    List<Double> places = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    double from = x[0];
    double to = x[x.length - 1];
    for (int i = 0; i < TICKS && (i == 0 || to > from); i++) {
      double at = from + i * ((to - from) / TICKS);
      places.add(at);
      texts.add(format("%.2f", 1 / Math.sqrt(at)));
    }
    Map<String, Object> axis = new LinkedHashMap<>();
    axis.put("title", "Resolution (Å)");
    axis.put("tickvals", places);
    axis.put("ticktext", texts);
    return axis;
  }

  private static Map<String, Object> line(Merged m, String name, ToDoubleFunction<MergeShell> of) {
    List<Double> y = new ArrayList<>();
    m.shells().forEach(s -> y.add(finite(of.applyAsDouble(s))));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("x", middles(m));
    line.put("y", y);
    line.put("type", "scatter");
    line.put("name", name);
    return line;
  }

  private static Map<String, Object> figure(Merged m, String title, String up, List<?> lines) {
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", title);
    layout.put("xaxis", resolutionAxis(m));
    layout.put("yaxis", Map.of("title", up, "rangemode", "tozero"));
    Map<String, Object> graph = new LinkedHashMap<>();
    graph.put("data", lines);
    graph.put("layout", layout);
    return graph;
  }

  /** JSON has no NaN. */
  private static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }

  /** A number is rounded as it is, half to even, where Java rounds the shortest decimal of it. */
  private static String format(String pattern, Object... values) {
    Object[] exact = values.clone();
    for (int i = 0; i < exact.length; i++) {
      if (exact[i] instanceof Double d && Double.isFinite(d)) {
        int digits = pattern.charAt(pattern.indexOf('.') + 1) - '0';
        exact[i] = new BigDecimal(d).setScale(digits, RoundingMode.HALF_EVEN);
      }
    }
    return String.format(Locale.ROOT, pattern, exact);
  }
}
