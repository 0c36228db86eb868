package org.mdx.cli.intensity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.mdx.bragg.merge.AnomalousStatistics;
import org.mdx.bragg.merge.Deviations;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.Merged;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Figures of scaled intensities, their Friedel mates, outliers and errors, under the keys of {@code
 * dials.report} and {@code dials.scale}.
 */
final class ReportScaled {
  private static final int CELLS = 200;
  private static final int SLOTS = 100;

  /** Bins of the error model by intensity. */
  private static final int INTENSITIES = 10;

  private final Reflections rows;
  private final Merged merged;

  ReportScaled(Reflections rows, Merged merged) {
    this.rows = rows;
    this.merged = merged;
  }

  /** The figures that {@code dials.scale} calls {@code anom_plots}. */
  Map<String, Object> anomalous(AnomalousStatistics a) {
    Map<String, Object> out = new LinkedHashMap<>();
    double low = merged.shells().get(0).dMin();
    if (a.deviations().length > 0) {
      String title =
          String.format(
              Locale.ROOT, "Normal probability plot of anomalous differences (d > %.2f)", low);
      Map<String, Object> figure = probability(a.deviations(), title);
      Map<String, Object> layout = ReportGraphs.layout(title, "expected delta");
      layout.put("xaxis", axis("y", "expected delta", List.of(-4, 4)));
      layout.put("yaxis", axis("x", "observed delta", List.of(-5, 5)));
      figure.put("layout", layout);
      figure.put(
          "help",
          "Anomalous differences in their standard deviations, against what a normal distribution"
              + " lets expect in that order. They lie on the line if there is no signal and σ are"
              + " right; a steeper slope means a signal, or σ that are too small.");
      out.put("normal_distribution_plot_lowres", figure);
    }
    if (a.firstHalf().length > 0) {
      out.put("anom_scatter_plot_lowres", scatter(a, low));
    }
    out.put("anom_correl_plot", ratio(a));
    return out;
  }

  private static Map<String, Object> scatter(AnomalousStatistics a, double low) {
    double[] all =
        java.util.stream.DoubleStream.concat(
                Arrays.stream(a.firstHalf()), Arrays.stream(a.secondHalf()))
            .toArray();
    double least = Arrays.stream(all).min().orElse(-1);
    double most = Arrays.stream(all).max().orElse(1);
    Map<String, Object> points =
        ReportGraphs.line(
            a.firstHalf(), a.secondHalf(), "half-set anomalous differences (acentrics)");
    points.put("mode", "markers");
    points.put("size", 1);
    Map<String, Object> layout =
        ReportGraphs.layout(
            String.format(Locale.ROOT, "Correlation of half-set differences (d > %.2f)", low), "");
    layout.put("xaxis", Map.of("anchor", "y", "title", "Delta I1"));
    layout.put("yaxis", Map.of("anchor", "x", "title", "Delta I2"));
    Map<String, Object> figure =
        ReportGraphs.figure(List.of(points, diagonal(least - 1, most + 1, "D1 = D2")), layout);
    figure.put(
        "help",
        "The difference of the Friedel mates in one half of the measurements against that in the"
            + " other. A signal spreads the points along the diagonal, errors spread them all"
            + " ways.");
    return figure;
  }

  private Map<String, Object> ratio(AnomalousStatistics a) {
    double[] x = merged.shells().stream().mapToDouble(ReportGraphs::middle).toArray();
    Map<String, Object> line =
        ReportGraphs.line(x, a.ratio(), "Anomalous correlation ratio (acentric)");
    line.put("type", "lines");
    Map<String, Object> layout =
        ReportGraphs.layout("Anomalous R.M.S. correlation ratio (acentric reflections)", "");
    layout.put("xaxis", MergeReport.resolutionAxis(x));
    layout.put("yaxis", Map.of("anchor", "x", "title", "rms correlation ratio"));
    Map<String, Object> figure = ReportGraphs.figure(List.of(line, Map.of()), layout);
    figure.put(
        "help",
        "Spread of the half-set differences along the diagonal over that across it: 1 without an"
            + " anomalous signal.");
    return figure;
  }

  /** Those, and I/σ by I of the scaled measurements. */
  Map<String, Object> intensities(AnomalousStatistics a) {
    Map<String, Object> out = new LinkedHashMap<>(anomalous(a));
    int[] kept =
        IntStream.range(0, rows.size())
            .filter(i -> rows.isSet(i, ReflectionFlag.SCALED))
            .filter(i -> !rows.isSet(i, ReflectionFlag.OUTLIER_IN_SCALING))
            .filter(i -> !rows.isSet(i, ReflectionFlag.EXCLUDED_FOR_SCALING))
            .toArray();
    signal(kept, "", out, "i_over_sig_i_vs_i");
    return out;
  }

  private void signal(int[] kept, String title, Map<String, Object> out, String key) {
    int[] above =
        Arrays.stream(kept)
            .filter(i -> rows.value(ReflectionKeys.INTENSITY_SCALE, i, 0) > 0)
            .filter(i -> rows.value(ReflectionKeys.INTENSITY_SCALE_VARIANCE, i, 0) > 0)
            .filter(i -> rows.value(ReflectionKeys.INVERSE_SCALE_FACTOR, i, 0) > 0)
            .toArray();
    if (above.length == 0) {
      return;
    }
    double[] x =
        Arrays.stream(above)
            .mapToDouble(
                i ->
                    Math.log10(
                        rows.value(ReflectionKeys.INTENSITY_SCALE, i, 0)
                            / rows.value(ReflectionKeys.INVERSE_SCALE_FACTOR, i, 0)))
            .toArray();
    double[] y =
        Arrays.stream(above)
            .mapToDouble(
                i ->
                    rows.value(ReflectionKeys.INTENSITY_SCALE, i, 0)
                        / Math.sqrt(rows.value(ReflectionKeys.INTENSITY_SCALE_VARIANCE, i, 0)))
            .toArray();
    Map<String, Object> layout = ReportGraphs.layout("I/σ(I) vs I" + title, "log I");
    layout.put("yaxis", Map.of("title", "I/σ(I)"));
    Map<String, Object> figure =
        ReportGraphs.figure(List.of(counts(x, y, "Isigma distribution")), layout);
    figure.put(
        "help",
        "I/σ of measurements by their intensity. Strong ones reach the limit that the term b of the"
            + " error model sets (Diederichs 2010, Acta Cryst. D66, 733).");
    out.put(key, figure);
  }

  /** How many have both values; nothing where there are none. */
  private static Map<String, Object> counts(double[] x, double[] y, String name) {
    double[] across = ReportMaps.edges(x, CELLS);
    double[] up = ReportMaps.edges(y, CELLS);
    double[][] z = new double[CELLS][CELLS];
    for (double[] row : z) {
      Arrays.fill(row, Double.NaN);
    }
    for (int i = 0; i < x.length; i++) {
      double[] row = z[ReportMaps.bin(up, y[i])];
      int column = ReportMaps.bin(across, x[i]);
      row[column] = Double.isNaN(row[column]) ? 1 : row[column] + 1;
    }
    return ReportMaps.heatmap(across, up, z, name, "Number of reflections");
  }

  /** Deviations in rising order against those expected. */
  private static Map<String, Object> probability(double[] deviations, String title) {
    double[] expected = AnomalousStatistics.expected(deviations.length);
    return ReportGraphs.figure(
        List.of(counts(expected, deviations, "normalised deviations"), diagonal(-5, 5, "z = m")),
        ReportGraphs.layout(title, ""));
  }

  private static Map<String, Object> diagonal(double from, double to, String name) {
    double[] ends = {from, to};
    Map<String, Object> line = ReportGraphs.line(ends, ends, name);
    line.put("mode", "lines");
    line.put("color", "rgb(0,0,0)");
    return line;
  }

  private static Map<String, Object> axis(String anchor, String title, List<Integer> range) {
    return Map.of("anchor", anchor, "title", title, "range", range);
  }

  /** Where the outliers of each sweep lie on the detector, and on which images. */
  Map<String, Object> outliers(List<Geometry> geometries) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!rows.has(ReflectionKeys.XYZOBS_PX)) {
      return out;
    }
    for (int s = 0; s < geometries.size(); s++) {
      int sweep = s;
      int[] of =
          IntStream.range(0, rows.size())
              .filter(i -> rows.integer(ReflectionKeys.ID, i, 0) == sweep)
              .filter(i -> rows.isSet(i, ReflectionFlag.OUTLIER_IN_SCALING))
              .toArray();
      if (of.length == 0) {
        continue;
      }
      Map<String, Object> points = ReportGraphs.line(observed(of, 0), observed(of, 1), "outliers");
      points.remove("name");
      points.put("mode", "markers");
      points.put("xaxis", "x");
      points.put("yaxis", "y");
      Panel panel = geometries.get(s).detector().panels().get(0);
      Map<String, Object> layout =
          ReportGraphs.layout("Outlier x-y positions (dataset " + s + ")", "");
      layout.put("xaxis", axis("y", "x (px)", List.of(0, panel.width())));
      layout.put("yaxis", axis("x", "y (px)", List.of(0, panel.height())));
      out.put("outlier_plot_" + s, ReportGraphs.figure(List.of(points), layout));
      out.put("outlier_plot_z" + s, alongScan(observed(of, 2), s));
    }
    return out;
  }

  private static Map<String, Object> alongScan(double[] frames, int sweep) {
    double[] edges = ReportMaps.edges(frames, SLOTS);
    Map<String, Object> bars = new LinkedHashMap<>();
    bars.put("x", ReportResiduals.middles(edges));
    bars.put("y", ReportResiduals.counts(edges, frames));
    bars.put("type", "bar");
    bars.put("name", "outliers vs rotation");
    Map<String, Object> layout =
        ReportGraphs.layout("Outlier distribution across frames (dataset " + sweep + ")", "frame");
    layout.put("yaxis", Map.of("title", "count"));
    layout.put("bargap", 0);
    return ReportGraphs.figure(List.of(bars), layout);
  }

  private double[] observed(int[] of, int axis) {
    return Arrays.stream(of)
        .mapToDouble(i -> rows.value(ReflectionKeys.XYZOBS_PX, i, axis))
        .toArray();
  }

  /** How deviations from the other equivalents are distributed, with the error model. */
  Map<String, Object> errorModel(Deviations d) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (d.normalised().length == 0) {
      return out;
    }
    double[] sorted = Arrays.stream(d.normalised()).sorted().toArray();
    String title = "Normal probability plot with error model applied (error model 1)";
    Map<String, Object> figure = probability(sorted, title);
    Map<String, Object> layout = ReportGraphs.layout(title, "");
    layout.put("xaxis", Map.of("anchor", "y", "title", "Order statistic medians, m"));
    layout.put("yaxis", Map.of("anchor", "x", "title", "Ordered responses, z"));
    figure.put("layout", layout);
    figure.put(
        "help",
        "Deviations from the mean of the other equivalents, in standard deviations, in rising order"
            + " against those of a normal distribution. They lie on the line if σ are right.");
    out.put("normal_distribution_plot_1", figure);
    out.put("nor_dev_hist_1", histogram(sorted));
    signal(d.rows(), " (error model 1)", out, "i_over_sig_i_vs_i_1");
    out.put("error_model_variances_1", variances(d));
    return out;
  }

  private static Map<String, Object> histogram(double[] z) {
    double[] edges = ReportMaps.edges(z, SLOTS);
    double[] x = ReportResiduals.middles(edges);
    Map<String, Object> bars = new LinkedHashMap<>();
    bars.put("x", x);
    bars.put("y", ReportResiduals.counts(edges, z));
    bars.put("type", "bar");
    bars.put("name", "dataset normalised deviations");
    double width = edges[1] - edges[0];
    double[] normal =
        Arrays.stream(x)
            .map(v -> z.length * width * Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI))
            .toArray();
    Map<String, Object> layout =
        ReportGraphs.layout("Normal deviations with error model applied (error model 1)", "");
    layout.put("xaxis", Map.of("anchor", "y", "title", "Normalised deviation"));
    layout.put("yaxis", Map.of("anchor", "x", "title", "Number of reflections"));
    Map<String, Object> figure =
        ReportGraphs.figure(
            List.of(bars, ReportGraphs.line(x, normal, "Ideal normal distribution")), layout);
    figure.put("help", "How the deviations are distributed, and a normal distribution.");
    return figure;
  }

  private static Map<String, Object> variances(Deviations d) {
    List<double[]> bins = d.variances(INTENSITIES);
    double[] x = IntStream.rangeClosed(1, bins.size()).asDoubleStream().toArray();
    Map<String, Object> before =
        ReportGraphs.line(
            x, bins.stream().mapToDouble(b -> b[3]).toArray(), "Uncorrected variances");
    Map<String, Object> after =
        ReportGraphs.line(x, bins.stream().mapToDouble(b -> b[4]).toArray(), "Corrected variances");
    for (Map<String, Object> points : List.of(before, after)) {
      points.put("mode", "markers");
      points.put("xaxis", "x");
      points.put("yaxis", "y");
    }
    Map<String, Object> one =
        ReportGraphs.line(
            new double[] {1, INTENSITIES}, new double[] {1, 1}, "Ideal normal distribution");
    one.put("type", "line");
    Map<String, Object> across = new LinkedHashMap<>();
    across.put("anchor", "y");
    across.put("title", "Intensity range, expected unscaled intensity (counts)");
    across.put("tickvals", x);
    across.put(
        "ticktext",
        bins.stream().map(b -> String.format(Locale.ROOT, "%.1f - %.1f", b[1], b[0])).toList());
    Map<String, Object> layout =
        ReportGraphs.layout("Error model variances of normalised deviations (error model 1)", "");
    layout.put("xaxis", across);
    layout.put("yaxis", Map.of("anchor", "x", "title", "Variance of normalised deviations"));
    Map<String, Object> figure = ReportGraphs.figure(List.of(before, after, one), layout);
    figure.put(
        "help",
        "Variance of the deviations by intensity, before and after the error model. It is 1 where"
            + " σ are right.");
    return figure;
  }

  /** The error models in words; one line of parameters for each that differs. */
  static String summary(List<double[]> errors) {
    TreeSet<String> parameters = new TreeSet<>();
    for (double[] e : errors) {
      if (e.length == 2) {
        parameters.add(
            String.format(
                Locale.ROOT,
                "  Parameters: a = %.5f, b = %.5f%n  estimated I/sigma asymptotic limit: %.3f%n",
                e[0],
                e[1],
                1 / (e[0] * e[1])));
      }
    }
    if (parameters.isEmpty()) {
      return "";
    }
    return "\nError model details:\n  Type: basic\n"
        + String.join("", parameters).replace("\r", "")
        + "  Error model formula: σ'² = a²(σ² + (bI)²)\n";
  }
}
