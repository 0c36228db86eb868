package org.mdx.cli.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Maps of Plotly over the detector and over pairs of values, as {@code dials.report} bins them. */
final class ReportMaps {
  /** Bins of pairs of values along both. */
  private static final int BINS = 100;

  /** Pixels of a bin of the detector. */
  private static final double PIXELS = 40;

  private static final double LEAST_SIGNAL = 0.1;

  private final Reflections rows;

  ReportMaps(Reflections rows) {
    this.rows = rows;
  }

  private double predicted(int i, int axis) {
    return rows.value(ReflectionKeys.XYZCAL_PX, i, axis);
  }

  private double off(int i, int axis) {
    return rows.value(ReflectionKeys.XYZOBS_PX, i, axis) - predicted(i, axis);
  }

  private double correlation(int i) {
    return rows.value(ReflectionKeys.PROFILE_CORRELATION, i, 0);
  }

  /** Observed less predicted places. */
  void centroids(int[] good, Map<String, Object> out) {
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      String name = "XY".substring(axis, axis + 1);
      out.put(
          "centroid_differences_" + name.toLowerCase(Locale.ROOT),
          overDetector(
              good,
              good,
              i -> off(i, a),
              "centroid_differences_" + name.toLowerCase(Locale.ROOT),
              "Difference between observed and calculated centroids in " + name,
              "Difference in " + name + " position (pixels)"));
    }
    out.put(
        "centroid_differences_z",
        counts(
            good,
            i -> predicted(i, 2),
            i -> off(i, 2),
            "centroid_differences_z",
            "Difference between observed and calculated centroids in Z",
            new String[] {"Z", "Difference in Z position (images)"}));
    out.putAll(ReportResiduals.of(good, rows));
  }

  /** The quantum efficiency of the detector that was divided by. */
  Map<String, Object> efficiency(int[] good) {
    return overDetector(
        good,
        good,
        i -> rows.value(ReflectionKeys.QE, i, 0),
        "qe_map",
        "Calculated Quantum Efficiency",
        "QE");
  }

  /** How many reflections made the reference profiles, over the detector. */
  Map<String, Object> profiles(int[] made, int[] all) {
    return overDetector(
        made,
        all,
        null,
        "n_reference_profiles",
        "Reference profiles binned in X/Y",
        "Number of reflections");
  }

  /** I/σ over the detector and along the scan. */
  void intensities(int[] good, Map<String, Object> out) {
    signal(good, "sum", ReflectionKeys.INTENSITY_SUM, ReflectionKeys.INTENSITY_SUM_VARIANCE, out);
    if (rows.has(ReflectionKeys.INTENSITY_PRF) && rows.has(ReflectionKeys.INTENSITY_PRF_VARIANCE)) {
      signal(good, "prf", ReflectionKeys.INTENSITY_PRF, ReflectionKeys.INTENSITY_PRF_VARIANCE, out);
    }
    out.put(
        "i_over_sigma_vs_z",
        counts(
            good,
            i -> predicted(i, 2),
            i -> logSignal(i, ReflectionKeys.INTENSITY_SUM, ReflectionKeys.INTENSITY_SUM_VARIANCE),
            "i_over_sigma",
            "Distribution of I/σ(I) vs Z",
            new String[] {"Z", "Log I/σ(I)"}));
  }

  private void signal(
      int[] good,
      String kind,
      ReflectionKey<double[]> value,
      ReflectionKey<double[]> variance,
      Map<String, Object> out) {
    int[] above =
        Arrays.stream(good)
            .filter(i -> rows.value(value, i, 0) > 0 && rows.value(variance, i, 0) > 0)
            .toArray();
    if (above.length > 0) {
      Map<String, Object> map =
          overDetector(
              above,
              good,
              i -> logSignal(i, value, variance),
              "i_over_sigma_" + kind,
              "Distribution of I(" + kind + ")/σ vs X/Y",
              "Log I/σ(I)");
      colours(map, Map.of("zmin", -1, "zauto", false));
      out.put("i_over_sigma_" + kind + "_vs_xy", map);
    }
  }

  /** Sets the range of the colours. */
  @SuppressWarnings("unchecked")
  private static void colours(Map<String, Object> figure, Map<String, Object> range) {
    ((Map<String, Object>) ((List<?>) figure.get("data")).get(0)).putAll(range);
  }

  private double logSignal(int i, ReflectionKey<double[]> value, ReflectionKey<double[]> variance) {
    return Math.log10(rows.value(value, i, 0) / Math.sqrt(rows.value(variance, i, 0)));
  }

  /** Correlations of profiles with those expected. */
  void correlations(String name, int[] of, int[] all, Map<String, Object> out) {
    String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    String up = "Correlation with reference profile";
    String key = name + "_correlations";
    Map<String, Object> map =
        overDetector(of, all, this::correlation, key, title + " correlations binned in X/Y", up);
    colours(map, Map.of("zmin", 0, "zmax", 1));
    out.put(key + "_xy", map);
    out.put(
        key + "_vs_z",
        counts(
            of,
            i -> predicted(i, 2),
            this::correlation,
            key,
            title + " correlations vs Z",
            new String[] {"Z", up}));
    ReflectionKey<double[]> value = ReflectionKeys.INTENSITY_PRF;
    ReflectionKey<double[]> variance = ReflectionKeys.INTENSITY_PRF_VARIANCE;
    if (!rows.has(value) || !rows.has(variance)) {
      return;
    }
    int[] above =
        Arrays.stream(of)
            .filter(i -> rows.value(variance, i, 0) > 0)
            .filter(
                i -> rows.value(value, i, 0) / Math.sqrt(rows.value(variance, i, 0)) > LEAST_SIGNAL)
            .toArray();
    if (above.length > 0) {
      out.put(
          key + "_vs_ios",
          counts(
              above,
              i -> logSignal(i, value, variance),
              this::correlation,
              key,
              title + " correlations vs Log I/σ(I)",
              new String[] {"Log I/σ(I)", up}));
    }
  }

  /** How many have both values in a bin. */
  private static Map<String, Object> counts(
      int[] of,
      IntToDoubleFunction across,
      IntToDoubleFunction up,
      String name,
      String title,
      String[] axes) {
    double[] x = Arrays.stream(of).mapToDouble(across).toArray();
    double[] y = Arrays.stream(of).mapToDouble(up).toArray();
    double[] xEdges = edges(x, BINS);
    double[] yEdges = edges(y, BINS);
    double[][] z = new double[BINS][BINS];
    for (int i = 0; i < x.length; i++) {
      z[bin(yEdges, y[i])][bin(xEdges, x[i])]++;
    }
    Map<String, Object> layout = ReportGraphs.layout(title, axes[0]);
    layout.put("xaxis", Map.of("title", axes[0], "showgrid", false));
    layout.put("yaxis", Map.of("title", axes[1], "showgrid", false));
    return ReportGraphs.figure(
        List.of(heatmap(xEdges, yEdges, z, name, "Number of reflections")), layout);
  }

  /** Means, or how many, in bins of the detector, which reaches as far as the farthest of all. */
  private Map<String, Object> overDetector(
      int[] of, int[] all, IntToDoubleFunction value, String name, String title, String unit) {
    int[] n = new int[2];
    double[][] edges = new double[2][];
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      double most = Arrays.stream(all).mapToDouble(i -> predicted(i, a)).max().orElse(1);
      n[axis] = Math.max(1, (int) Math.ceil(most / PIXELS));
      edges[axis] = edges(Arrays.stream(of).mapToDouble(i -> predicted(i, a)).toArray(), n[axis]);
    }
    double[][] z = new double[n[1]][n[0]];
    int[][] times = new int[n[1]][n[0]];
    for (int i : of) {
      int row = bin(edges[1], predicted(i, 1));
      int column = bin(edges[0], predicted(i, 0));
      z[row][column] += value == null ? 1 : value.applyAsDouble(i);
      times[row][column]++;
    }
    for (int row = 0; row < z.length; row++) {
      for (int column = 0; column < z[row].length; column++) {
        z[row][column] /= value == null ? 1 : times[row][column];
      }
    }
    Map<String, Object> layout = ReportGraphs.layout(title, "X");
    layout.put("xaxis", Map.of("title", "X", "domain", List.of(0, 0.85), "showgrid", false));
    layout.put("yaxis", Map.of("title", "Y", "autorange", "reversed", "showgrid", false));
    layout.put("width", 500);
    layout.put("height", 450);
    return ReportGraphs.figure(List.of(heatmap(edges[0], edges[1], z, name, unit)), layout);
  }

  static Map<String, Object> heatmap(
      double[] x, double[] y, double[][] z, String name, String unit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("x", x);
    map.put("y", y);
    List<Object> lines = new ArrayList<>();
    for (double[] row : z) {
      lines.add(Arrays.stream(row).mapToObj(ResultFiles::finite).toList());
    }
    map.put("z", lines);
    map.put("type", "heatmap");
    map.put("name", name);
    map.put("colorbar", Map.of("title", unit, "titleside", "right"));
    map.put("colorscale", "Viridis");
    return map;
  }

  /** Equal bins from the least to the greatest. */
  static double[] edges(double[] values, int bins) {
    double least = Arrays.stream(values).min().orElse(0);
    double most = Arrays.stream(values).max().orElse(1);
    double from = least == most ? least - 0.5 : least;
    double to = least == most ? most + 0.5 : most;
    double[] edges =
        IntStream.rangeClosed(0, bins).mapToDouble(k -> from + k * ((to - from) / bins)).toArray();
    edges[bins] = to;
    return edges;
  }

  /** The bin of a value; the last one holds its upper edge too. */
  static int bin(double[] edges, double value) {
    int at = Arrays.binarySearch(edges, value);
    return Math.max(0, Math.min(edges.length - 2, at >= 0 ? at : -at - 2));
  }
}
