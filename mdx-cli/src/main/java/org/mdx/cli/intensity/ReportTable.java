package org.mdx.cli.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Figures of the rows of a table, under the keys and with the choices of {@code dials.report}:
 * spots by image, centroids, intensities, profiles. A figure whose columns are missing is left out.
 */
final class ReportTable {
  private static final int SLOTS = 20;

  /** Shells of resolution of equal volume. */
  private static final int SHELLS = 40;

  /** I/σ of reflections whose centroids are compared. */
  private static final double SIGNIFICANT = 10;

  private static final double FULL = 0.99;

  private final Reflections rows;
  private final ReportMaps maps;

  private ReportTable(Reflections rows) {
    this.rows = rows;
    maps = new ReportMaps(rows);
  }

  static Map<String, Object> of(Reflections rows) {
    ReportTable t = new ReportTable(rows);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("strong", t.strong());
    all.put("centroid", t.centroid());
    all.put("intensity", t.intensity());
    all.put("reference", t.reference());
    return all;
  }

  private boolean has(ReflectionKey<?>... keys) {
    return rows.has(ReflectionKeys.FLAGS) && Arrays.stream(keys).allMatch(rows::has);
  }

  private int[] where(IntPredicate which) {
    return IntStream.range(0, rows.size()).filter(which).toArray();
  }

  /** Whether the variance of the sum is above 0, where there is one. */
  private boolean measured(int i) {
    return !rows.has(ReflectionKeys.INTENSITY_SUM_VARIANCE)
        || rows.value(ReflectionKeys.INTENSITY_SUM_VARIANCE, i, 0) > 0;
  }

  private double signal(int i) {
    return rows.value(ReflectionKeys.INTENSITY_SUM, i, 0)
        / Math.sqrt(rows.value(ReflectionKeys.INTENSITY_SUM_VARIANCE, i, 0));
  }

  private Map<String, Object> strong() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!has(ReflectionKeys.XYZOBS_PX, ReflectionKeys.ID)) {
      return out;
    }
    int[] spots = where(i -> measured(i) && rows.isSet(i, ReflectionFlag.STRONG));
    double last = Arrays.stream(spots).mapToDouble(i -> frame(i)).max().orElse(0);
    int images = (int) Math.ceil(last);
    ReflectionKey<int[]> id =
        rows.has(ReflectionKeys.IMAGESET_ID) ? ReflectionKeys.IMAGESET_ID : ReflectionKeys.ID;
    int sweeps = Arrays.stream(spots).map(i -> rows.integer(id, i, 0)).max().orElse(-1) + 1;
    List<Object> data = new ArrayList<>();
    double[] x = IntStream.range(0, images).asDoubleStream().toArray();
    for (int s = 0; s < sweeps; s++) {
      double[] all = new double[images];
      double[] indexed = new double[images];
      for (int i : spots) {
        if (rows.integer(id, i, 0) == s && frame(i) >= 0 && frame(i) < images) {
          all[(int) frame(i)]++;
          indexed[(int) frame(i)] += rows.isSet(i, ReflectionFlag.INDEXED) ? 1 : 0;
        }
      }
      data.add(pale(ReportGraphs.line(x, all, "#spots")));
      data.add(pale(ReportGraphs.line(x, indexed, "#indexed")));
    }
    Map<String, Object> counts = figure(data, "Spot count per image", "Image", "Spot count");
    counts.put(
        "help",
        "Spots on each image, and those of them that were indexed. Fewer towards the end may mean"
            + " radiation damage, a gap that the crystal had left the beam; many that are not"
            + " indexed another lattice, ice, or spots found in noise.");
    out.put("spot_count_per_image", counts);
    lattices(spots, images, out);
    return out;
  }

  private static Map<String, Object> pale(Map<String, Object> line) {
    line.put("opacity", 0.4);
    return line;
  }

  /** Indexed spots image by image, if there are several crystals. */
  private void lattices(int[] spots, int images, Map<String, Object> out) {
    int n = Arrays.stream(spots).map(i -> rows.integer(ReflectionKeys.ID, i, 0)).max().orElse(-1);
    if (n < 1) {
      return;
    }
    double[] x = IntStream.range(0, images).asDoubleStream().toArray();
    List<Object> data = new ArrayList<>();
    for (int lattice = 0; lattice <= n; lattice++) {
      double[] indexed = new double[images];
      for (int i : spots) {
        if (rows.integer(ReflectionKeys.ID, i, 0) == lattice
            && rows.isSet(i, ReflectionFlag.INDEXED)
            && frame(i) >= 0
            && frame(i) < images) {
          indexed[(int) frame(i)]++;
        }
      }
      data.add(pale(ReportGraphs.line(x, indexed, "Lattice #" + (lattice + 1))));
    }
    out.put(
        "indexed_per_lattice_per_image",
        figure(
            data, "Indexed reflections per lattice per image", "Image", "Number of reflections"));
  }

  private double frame(int i) {
    return rows.value(ReflectionKeys.XYZOBS_PX, i, 2);
  }

  private Map<String, Object> centroid() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!has(
        ReflectionKeys.INTENSITY_SUM,
        ReflectionKeys.INTENSITY_SUM_VARIANCE,
        ReflectionKeys.XYZCAL_PX,
        ReflectionKeys.XYZOBS_PX,
        ReflectionKeys.XYZCAL_MM,
        ReflectionKeys.XYZOBS_MM)) {
      return out;
    }
    int[] good =
        where(
            i ->
                measured(i)
                    && rows.isSet(i, ReflectionFlag.INTEGRATED_SUM)
                    && signal(i) > SIGNIFICANT
                    && !(rows.has(ReflectionKeys.PARTIALITY)
                        && rows.value(ReflectionKeys.PARTIALITY, i, 0) < FULL));
    if (good.length == 0) {
      return out;
    }
    out.put(
        "centroid_difference_histogram",
        histogram(
            good,
            this::distance,
            "centroid_differences",
            "Difference between observed and calculated centroids",
            "Difference in position (pixels)"));
    maps.centroids(good, out);
    byAngle(good, out);
    return out;
  }

  private double distance(int i) {
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      double d =
          rows.value(ReflectionKeys.XYZOBS_PX, i, j) - rows.value(ReflectionKeys.XYZCAL_PX, i, j);
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  /** Calculated less observed in mm, mm and degrees, for each degree of the observed angle. */
  private void byAngle(int[] good, Map<String, Object> out) {
    Map<Integer, double[]> sums = new java.util.TreeMap<>();
    for (int i : good) {
      double phi = Math.toDegrees(rows.value(ReflectionKeys.XYZOBS_MM, i, 2));
      double[] s = sums.computeIfAbsent((int) Math.floor(phi), k -> new double[7]);
      s[6]++;
      for (int j = 0; j < 3; j++) {
        double d =
            rows.value(ReflectionKeys.XYZCAL_MM, i, j) - rows.value(ReflectionKeys.XYZOBS_MM, i, j);
        d = j == 2 ? Math.toDegrees(d) : d;
        s[j] += d;
        s[3 + j] += d * d;
      }
    }
    double[] phi = sums.keySet().stream().mapToDouble(k -> k).toArray();
    List<Object> means = new ArrayList<>();
    List<Object> rmsds = new ArrayList<>();
    String[] names = {"dx", "dy", "dphi"};
    for (int j = 0; j < 3; j++) {
      int at = j;
      double[] mean = sums.values().stream().mapToDouble(s -> s[at] / s[6]).toArray();
      double[] rmsd =
          sums.values().stream().mapToDouble(s -> Math.sqrt(s[3 + at] / s[6])).toArray();
      means.add(panel(ReportGraphs.line(phi, mean, "mean_" + names[j]), j));
      rmsds.add(panel(ReportGraphs.line(phi, rmsd, "rmsd_" + names[j]), j));
    }
    String what = " between observed and calculated centroids vs phi";
    out.put("centroid_mean_differences_vs_phi", panels(means, "Difference" + what, Map.of()));
    out.put("centroid_rmsd_vs_phi", panels(rmsds, "RMSD" + what, Map.of("rangemode", "tozero")));
  }

  private static Map<String, Object> panel(Map<String, Object> line, int j) {
    if (j > 0) {
      line.put("xaxis", "x" + (j + 1));
      line.put("yaxis", "y" + (j + 1));
    }
    return line;
  }

  private static Map<String, Object> panels(
      List<Object> data, String title, Map<String, Object> up) {
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", title);
    List<List<Object>> rows = List.of(List.of(0.733, 1), List.of(0.366, 0.633), List.of(0, 0.266));
    for (int j = 0; j < rows.size(); j++) {
      Map<String, Object> axis = new LinkedHashMap<>(up);
      axis.put("domain", rows.get(j));
      layout.put("yaxis" + (j == 0 ? "" : j + 1), axis);
    }
    layout.put("xaxis2", Map.of("anchor", "y2"));
    layout.put("xaxis3", Map.of("anchor", "y3"));
    return ReportGraphs.figure(data, layout);
  }

  private Map<String, Object> intensity() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!has(ReflectionKeys.INTENSITY_SUM, ReflectionKeys.INTENSITY_SUM_VARIANCE)) {
      return out;
    }
    int[] good =
        where(
            i ->
                measured(i)
                    && rows.value(ReflectionKeys.INTENSITY_SUM, i, 0) > 0
                    && (rows.isSet(i, ReflectionFlag.INTEGRATED_SUM)
                        || rows.isSet(i, ReflectionFlag.INTEGRATED_PRF)));
    if (good.length == 0) {
      return out;
    }
    out.put(
        "log_i_over_sigma_histogram",
        histogram(
            good,
            i -> Math.log10(signal(i)),
            "log_i_over_sigma",
            "Log I/σ(I) histogram",
            "Log I/σ(I)"));
    if (rows.has(ReflectionKeys.XYZCAL_PX)) {
      maps.intensities(good, out);
    }
    if (rows.has(ReflectionKeys.PARTIALITY)) {
      double[] parts =
          Arrays.stream(good)
              .mapToDouble(i -> rows.value(ReflectionKeys.PARTIALITY, i, 0))
              .filter(p -> p > 0)
              .toArray();
      Map<String, Object> bars =
          histogram(parts, 0, 1, "partiality", "Partiality histogram", "Partiality");
      layout(bars).put("xaxis", Map.of("title", "Partiality", "range", List.of(0, 1)));
      out.put("partiality_histogram", bars);
    }
    if (rows.has(ReflectionKeys.QE) && rows.has(ReflectionKeys.XYZCAL_PX)) {
      out.put("qe_map", maps.efficiency(good));
    }
    return out;
  }

  private Map<String, Object> reference() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (!has(ReflectionKeys.PROFILE_CORRELATION)) {
      return out;
    }
    String across = "Correlation with reference profile";
    int[] all =
        where(
            i ->
                rows.isSet(i, ReflectionFlag.INTEGRATED_SUM)
                    && rows.isSet(i, ReflectionFlag.INTEGRATED_PRF));
    int[] made = Arrays.stream(all).filter(this::isReference).toArray();
    if (all.length > 0 && rows.has(ReflectionKeys.XYZCAL_PX)) {
      profiles(made, all, out);
    }
    String[] names = {"reflection", "reference"};
    int[][] which = {all, made};
    for (int k = 0; k < 2; k++) {
      if (which[k].length > 0) {
        String title = names[k].substring(0, 1).toUpperCase(java.util.Locale.ROOT);
        out.put(
            names[k] + "_correlations_histogram",
            histogram(
                which[k],
                i -> rows.value(ReflectionKeys.PROFILE_CORRELATION, i, 0),
                names[k] + "_correlations",
                title + names[k].substring(1) + " correlations histogram",
                across));
        if (rows.has(ReflectionKeys.XYZCAL_PX)) {
          maps.correlations(names[k], which[k], all, out);
        }
      }
    }
    return out;
  }

  /** What made the profiles, and how well they fit by resolution. */
  private void profiles(int[] made, int[] all, Map<String, Object> out) {
    if (made.length > 0) {
      out.put("n_reference_profiles_vs_xy", maps.profiles(made, all));
      Map<String, Object> bars =
          histogram(
              made,
              i -> rows.value(ReflectionKeys.XYZCAL_PX, i, 2),
              "n_reference_profiles",
              "Reference profiles binned in Z",
              "Z");
      out.put("n_reference_profiles_vs_z", bars);
    }
    if (!rows.has(ReflectionKeys.D)) {
      return;
    }
    double[] volume =
        Arrays.stream(all)
            .mapToDouble(i -> Math.pow(rows.value(ReflectionKeys.D, i, 0), -3))
            .toArray();
    double[] edges = ReportMaps.edges(volume, SHELLS);
    double[] sum = new double[SHELLS];
    int[] n = ReportResiduals.counts(edges, volume);
    for (int k = 0; k < all.length; k++) {
      sum[ReportMaps.bin(edges, volume[k])] +=
          rows.value(ReflectionKeys.PROFILE_CORRELATION, all[k], 0);
    }
    double[] x =
        Arrays.stream(ReportResiduals.middles(edges)).map(v -> Math.pow(v, 2 / 3.0)).toArray();
    double[] y = IntStream.range(0, SHELLS).mapToDouble(s -> sum[s] / n[s]).toArray();
    Map<String, Object> layout =
        ReportGraphs.layout("Reflection correlations vs resolution", "Resolution (Å)");
    layout.put("xaxis", MergeReport.resolutionAxis(x));
    layout.put(
        "yaxis", Map.of("title", "Correlation with reference profile", "range", List.of(0, 1)));
    out.put(
        "reflection_cc_vs_resolution",
        ReportGraphs.figure(List.of(ReportGraphs.line(x, y, "profile_correlation")), layout));
  }

  private boolean isReference(int i) {
    return rows.isSet(i, ReflectionFlag.REFERENCE_SPOT);
  }

  private static Map<String, Object> histogram(
      int[] rows, IntToDoubleFunction value, String name, String title, String across) {
    double[] v = Arrays.stream(rows).mapToDouble(value).toArray();
    double least = Arrays.stream(v).min().orElse(0);
    double most = Arrays.stream(v).max().orElse(1);
    return histogram(v, least, most, name, title, across);
  }

  private static Map<String, Object> histogram(
      double[] values, double from, double to, String name, String title, String across) {
    double width = (to - from) / SLOTS;
    int[] counts = new int[SLOTS];
    for (double v : values) {
      int slot = width > 0 ? (int) ((v - from) / width) : 0;
      counts[Math.max(0, Math.min(SLOTS - 1, slot))]++;
    }
    Map<String, Object> bars = new LinkedHashMap<>();
    bars.put("x", IntStream.range(0, SLOTS).mapToDouble(k -> from + (k + 0.5) * width).toArray());
    bars.put("y", counts);
    bars.put("type", "bar");
    bars.put("name", name);
    Map<String, Object> figure = figure(List.of(bars), title, across, "Number of reflections");
    layout(figure).put("yaxis", Map.of("title", "Number of reflections"));
    layout(figure).put("bargap", 0);
    return figure;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> layout(Map<String, Object> figure) {
    return (Map<String, Object>) figure.get("layout");
  }

  private static Map<String, Object> figure(List<?> data, String title, String across, String up) {
    Map<String, Object> layout = ReportGraphs.layout(title, across);
    layout.put("yaxis", Map.of("title", up, "rangemode", "tozero"));
    return ReportGraphs.figure(data, layout);
  }
}
