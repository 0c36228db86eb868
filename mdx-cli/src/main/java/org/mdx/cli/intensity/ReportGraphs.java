package org.mdx.cli.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.mdx.bragg.merge.IntensityStatistics;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.MergeShell;
import org.mdx.bragg.merge.Merged;
import org.mdx.geometry.Geometry;

/** Figures of Plotly that are not by resolution alone, under the keys of {@code dials.report}. */
final class ReportGraphs {
  static final String BLUE = "rgb(31, 119, 180)";
  static final String ORANGE = "rgb(255, 127, 14)";

  private ReportGraphs() {}

  static Map<String, Object> batches(IntensityStatistics s) {
    double[] x = IntStream.rangeClosed(1, s.batches().size()).asDoubleStream().toArray();
    List<String> text = s.batches().stream().map(b -> b.sweep() + ": " + b.image()).toList();
    Map<String, Object> scale = line(x, of(s, IntensityStatistics.Batch::scale), "Scale");
    Map<String, Object> r = line(x, of(s, IntensityStatistics.Batch::rMerge), "R<sub>merge</sub>");
    r.put("yaxis", "y2");
    Map<String, Object> signal =
        line(x, of(s, IntensityStatistics.Batch::iOverSigma), "I/sigI vs batch");
    for (Map<String, Object> l : List.of(scale, r, signal)) {
      l.put("opacity", 0.75);
      l.put("text", text);
    }
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
    sweeps(s, one);
    sweeps(s, two);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("scale_rmerge_vs_batch", figure(List.of(scale, r), one));
    all.put("i_over_sig_i_vs_batch", figure(List.of(signal), two));
    return all;
  }

  /** Each sweep behind its images, and its number. */
  private static void sweeps(IntensityStatistics s, Map<String, Object> layout) {
    List<Object> shapes = new ArrayList<>();
    List<Object> names = new ArrayList<>();
    for (int from = 0, to; from < s.batches().size(); from = to) {
      int sweep = s.batches().get(from).sweep();
      to = from;
      while (to < s.batches().size() && s.batches().get(to).sweep() == sweep) {
        to++;
      }
      Map<String, Object> box = new LinkedHashMap<>();
      box.put("type", "rect");
      box.put("xref", "x");
      box.put("yref", "paper");
      box.put("x0", from);
      box.put("y0", 0);
      box.put("x1", to - 1);
      box.put("y1", 1);
      box.put("fillcolor", shapes.size() % 2 == 0 ? "#d3d3d3" : "#808080");
      box.put("opacity", 0.2);
      box.put("line", Map.of("width", 0));
      shapes.add(box);
      Map<String, Object> name = new LinkedHashMap<>();
      name.put("xref", "x");
      name.put("yref", "paper");
      name.put("x", (from + to - 1) / 2.0);
      name.put("y", 1);
      name.put("text", String.valueOf(sweep));
      name.put("showarrow", false);
      name.put("yshift", 20);
      names.add(name);
    }
    layout.put("shapes", shapes);
    layout.put("annotations", names);
  }

  private static double[] of(
      IntensityStatistics s, ToDoubleFunction<IntensityStatistics.Batch> value) {
    return s.batches().stream().mapToDouble(value).toArray();
  }

  static Map<String, Object> misc(Merged m, IntensityStatistics s) {
    Map<String, Object> all = new LinkedHashMap<>();
    double[] z = IntStream.rangeClosed(0, 10).mapToDouble(t -> t / 10.0).toArray();
    Map<String, Object> cumulative = layout("Cumulative intensity distribution", "z");
    cumulative.put("xaxis", Map.of("title", "z", "range", List.of(0, 1)));
    cumulative.put("yaxis", Map.of("title", "P(Z <= Z)", "range", List.of(0, 1)));
    all.put(
        "cumulative_intensity_distribution",
        figure(
            List.of(
                drawn(line(z, s.acentricCumulative(), "Acentric observed"), BLUE, ""),
                drawn(line(z, s.centricCumulative(), "Centric observed"), ORANGE, ""),
                drawn(
                    line(z, map(z, IntensityStatistics::acentricExpected), "Acentric theory"),
                    BLUE,
                    "dot"),
                drawn(
                    line(z, map(z, IntensityStatistics::centricExpected), "Centric theory"),
                    ORANGE,
                    "dot")),
            cumulative));
    double[] l = IntStream.range(0, s.l().length).mapToDouble(i -> i / 50.0).toArray();
    Map<String, Object> test = layout("L test (Padilla and Yeates)", "|l|");
    test.put("xaxis", Map.of("title", "|l|", "range", List.of(0, 1)));
    test.put("yaxis", Map.of("title", "P(L >= l)", "range", List.of(0, 1)));
    all.put(
        "l_test",
        figure(
            List.of(
                drawn(line(l, l, "Untwinned"), BLUE, "dashdot"),
                drawn(line(l, map(l, x -> x * (3 - x * x) / 2), "Perfect twin"), BLUE, "dot"),
                drawn(line(l, s.l(), "Observed"), ORANGE, "")),
            test));
    all.put("multiplicities", multiplicities(m, s));
    return all;
  }

  private static Map<String, Object> multiplicities(Merged m, IntensityStatistics s) {
    Map<String, Object> layout = layout("Distribution of multiplicities", "Multiplicity");
    layout.put("yaxis", Map.of("title", "Frequency"));
    layout.put("bargap", 0);
    layout.put("barmode", "overlay");
    int acentric = m.overall().possiblePairs();
    int centric = m.overall().possible() - acentric;
    return figure(
        List.of(
            counts(s.acentricCounts(), acentric, "Acentric"),
            counts(s.centricCounts(), centric, "Centric")),
        layout);
  }

  /** How many were measured 0, 1, 2 … times. */
  private static Map<String, Object> counts(int[] measured, int possible, String name) {
    int most = measured.length - 1;
    while (most > 0 && measured[most] == 0) {
      most--;
    }
    int[] y = Arrays.copyOf(measured, Math.max(1, most + 1));
    y[0] = possible - Arrays.stream(measured).skip(1).sum();
    Map<String, Object> b = new LinkedHashMap<>();
    b.put("x", IntStream.range(0, y.length).toArray());
    b.put("y", y);
    b.put("type", "bar");
    b.put("name", name);
    b.put("opacity", 0.75);
    return b;
  }

  private static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  static Map<String, Object> secondMoments(Merged m, IntensityStatistics s) {
    double[] x = m.shells().stream().mapToDouble(ReportGraphs::middle).toArray();
    Map<String, Object> layout = layout("Second moment of I", "Resolution (Å)");
    layout.put("xaxis", MergeReport.resolutionAxis(m));
    layout.put("yaxis", Map.of("title", "<I<sup>2</sup>>", "rangemode", "tozero"));
    return figure(
        List.of(
            line(x, s.acentricMoments(), "<I<sup>2</sup>> acentric"),
            line(x, s.centricMoments(), "<I<sup>2</sup>> centric")),
        layout);
  }

  static double middle(MergeShell s) {
    return (1 / (s.dMax() * s.dMax()) + 1 / (s.dMin() * s.dMin())) / 2;
  }

  static List<Object> imageRanges(List<Geometry> geometries, List<String> templates) {
    List<Object> rows = new ArrayList<>();
    rows.add(
        List.of(
            "Experiment number",
            "scan image range",
            "image range in use",
            "associated batch range",
            "Image template"));
    int batch = 0;
    for (int i = 0; i < geometries.size(); i++) {
      int first = geometries.get(i).scan().firstImage();
      int last = first + geometries.get(i).scan().frames() - 1;
      int end = batch + last - first;
      rows.add(
          List.of(
              String.valueOf(i),
              List.of(first, last),
              "(" + first + ", " + last + ")",
              List.of(batch, end),
              templates.get(i)));
      batch = end + 1;
    }
    return List.of(rows);
  }

  /** A line of a colour; dotted ones are pale. */
  static Map<String, Object> drawn(Map<String, Object> line, String colour, String dash) {
    line.put("mode", "lines");
    line.put(
        "line", dash.isEmpty() ? Map.of("color", colour) : Map.of("color", colour, "dash", dash));
    if (dash.equals("dot")) {
      line.put("opacity", 0.8);
    }
    return line;
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
