package org.mdx.cli.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.mdx.bragg.merge.IntensityStatistics;
import org.mdx.bragg.merge.MergeShell;
import org.mdx.bragg.merge.Merged;
import org.mdx.geometry.Geometry;
import org.mdx.scale.BraggScale;

/** Figures of Plotly that are not by resolution alone, under the keys of {@code dials.report}. */
final class ReportGraphs {
  private static final int CURVE = 100;

  private ReportGraphs() {}

  static Map<String, Object> scalingModel(List<Optional<BraggScale>> models) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      BraggScale m = models.get(i).orElse(null);
      if (m == null || m.scale().isEmpty() && m.decay().isEmpty()) {
        continue;
      }
      double[] phi =
          IntStream.rangeClosed(0, CURVE)
              .mapToDouble(k -> m.phi0() + (m.phi1() - m.phi0()) * k / CURVE)
              .toArray();
      List<Object> data = new ArrayList<>();
      m.scale()
          .ifPresent(
              c ->
                  data.add(
                      curve(
                          phi, Arrays.stream(phi).map(c::at).toArray(), "scale correction", "y3")));
      m.decay()
          .ifPresent(
              c -> data.add(curve(phi, Arrays.stream(phi).map(c::at).toArray(), "B-factor", "y2")));
      Map<String, Object> layout =
          layout("Smoothly varying corrections", "rotation angle (degrees)");
      layout.put("yaxis2", Map.of("title", "relative B-factor", "domain", List.of(0, 0.45)));
      layout.put("yaxis3", Map.of("title", "scale factor", "domain", List.of(0.55, 1)));
      all.put("smooth_scale_model_" + i, figure(data, layout));
    }
    return all;
  }

  private static Map<String, Object> curve(double[] x, double[] y, String name, String axis) {
    Map<String, Object> c = line(x, y, name);
    c.put("yaxis", axis);
    return c;
  }

  static Map<String, Object> batches(IntensityStatistics s) {
    double[] x = IntStream.rangeClosed(1, s.batches().size()).asDoubleStream().toArray();
    List<String> text = s.batches().stream().map(b -> b.sweep() + ": " + b.image()).toList();
    Map<String, Object> scale = line(x, of(s, IntensityStatistics.Batch::scale), "Scale");
    Map<String, Object> r = line(x, of(s, IntensityStatistics.Batch::rMerge), "R<sub>merge</sub>");
    r.put("yaxis", "y2");
    Map<String, Object> signal =
        line(x, of(s, IntensityStatistics.Batch::iOverSigma), "I/sigI vs batch");
    List.of(scale, r, signal).forEach(l -> l.put("text", text));
    Map<String, Object> one = layout("Scale and R<sub>merge</sub> vs batch", "N");
    one.put("yaxis", Map.of("title", "Scale", "rangemode", "tozero"));
    one.put(
        "yaxis2",
        Map.of(
            "title",
            "R<sub>merge</sub>",
            "overlaying",
            "y",
            "side",
            "right",
            "rangemode",
            "tozero"));
    Map<String, Object> two = layout("<I/σ(I)> vs batch", "N");
    two.put("yaxis", Map.of("title", "<I/σ(I)>", "rangemode", "tozero"));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("scale_rmerge_vs_batch", figure(List.of(scale, r), one));
    all.put("i_over_sig_i_vs_batch", figure(List.of(signal), two));
    return all;
  }

  private static double[] of(
      IntensityStatistics s, ToDoubleFunction<IntensityStatistics.Batch> value) {
    return s.batches().stream().mapToDouble(value).toArray();
  }

  static Map<String, Object> misc(IntensityStatistics s) {
    Map<String, Object> all = new LinkedHashMap<>();
    double[] z = IntStream.rangeClosed(0, 10).mapToDouble(t -> t / 10.0).toArray();
    all.put(
        "cumulative_intensity_distribution",
        figure(
            List.of(
                line(z, s.acentricCumulative(), "Acentric observed"),
                line(z, s.centricCumulative(), "Centric observed"),
                line(z, map(z, IntensityStatistics::acentricExpected), "Acentric theory"),
                line(z, map(z, IntensityStatistics::centricExpected), "Centric theory")),
            layout("Cumulative intensity distribution", "z")));
    double[] l = IntStream.range(0, s.l().length).mapToDouble(i -> i / 50.0).toArray();
    all.put(
        "l_test",
        figure(
            List.of(
                line(l, l, "Untwinned"),
                line(l, map(l, x -> x * (3 - x * x) / 2), "Perfect twin"),
                line(l, s.l(), "Observed")),
            layout("L test (Padilla and Yeates)", "|l|")));
    Map<String, Object> counts = layout("Distribution of multiplicities", "Multiplicity");
    counts.put("yaxis", Map.of("title", "Frequency"));
    counts.put("barmode", "overlay");
    all.put(
        "multiplicities",
        figure(
            List.of(bars(s.acentricCounts(), "Acentric"), bars(s.centricCounts(), "Centric")),
            counts));
    return all;
  }

  private static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  private static Map<String, Object> bars(int[] counts, String name) {
    Map<String, Object> b = new LinkedHashMap<>();
    b.put("x", IntStream.range(1, counts.length).toArray());
    b.put("y", Arrays.copyOfRange(counts, Math.min(1, counts.length), counts.length));
    b.put("type", "bar");
    b.put("name", name);
    return b;
  }

  static Map<String, Object> secondMoments(Merged m, IntensityStatistics s) {
    double[] x = m.shells().stream().mapToDouble(ReportGraphs::middle).toArray();
    return figure(
        List.of(
            line(x, s.acentricMoments(), "<I<sup>2</sup>> acentric"),
            line(x, s.centricMoments(), "<I<sup>2</sup>> centric")),
        layout("Second moment of I", "Resolution (Å)"));
  }

  static double middle(MergeShell s) {
    return (1 / (s.dMax() * s.dMax()) + 1 / (s.dMin() * s.dMin())) / 2;
  }

  static List<Object> imageRanges(List<Geometry> geometries) {
    List<Object> rows = new ArrayList<>();
    rows.add(List.of("Experiment number", "scan image range", "image range in use"));
    for (int i = 0; i < geometries.size(); i++) {
      int first = geometries.get(i).scan().firstImage();
      int last = first + geometries.get(i).scan().frames() - 1;
      rows.add(List.of(String.valueOf(i), List.of(first, last), "(" + first + ", " + last + ")"));
    }
    return List.of(rows);
  }

  static Map<String, Object> line(double[] x, double[] y, String name) {
    Map<String, Object> l = new LinkedHashMap<>();
    l.put("x", x);
    l.put("y", Arrays.stream(y).mapToObj(ResultFiles::finite).toList());
    l.put("type", "scatter");
    l.put("name", name);
    return l;
  }

  static Map<String, Object> layout(String title, String across) {
    Map<String, Object> l = new LinkedHashMap<>();
    l.put("title", title);
    l.put("xaxis", Map.of("title", across));
    return l;
  }

  static Map<String, Object> figure(List<?> data, Map<String, Object> layout) {
    Map<String, Object> f = new LinkedHashMap<>();
    f.put("data", data);
    f.put("layout", layout);
    return f;
  }
}
