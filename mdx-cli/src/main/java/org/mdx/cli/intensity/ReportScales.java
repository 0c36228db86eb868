package org.mdx.cli.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.figures.gallery.DialsFigures;
import org.mdx.scale.BraggScale;
import org.mdx.scale.SmoothedCurve;

/**
 * Scale and decay of the sweeps under the keys of {@code dials.report}. Programs find the curves by
 * their places: C, its parameters, B, its parameters, and the factor that B makes.
 */
final class ReportScales {
  /** Resolution at which the factor of the decay is drawn, Å. */
  private static final double AT = 3;

  private ReportScales() {}

  static Map<String, Object> of(List<Optional<BraggScale>> models) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      BraggScale m = models.get(i).orElse(null);
      if (m != null && (m.scale().isPresent() || m.decay().isPresent())) {
        all.put("smooth_scale_model_" + i, figure(m, i));
      }
    }
    return all;
  }

  private static Map<String, Object> figure(BraggScale m, int number) {
    double[] phi = DialsFigures.angles(m);
    List<Object> data = new ArrayList<>();
    m.scale().ifPresent(c -> both(data, phi, c, "scale", "y3"));
    m.decay()
        .ifPresent(
            b -> {
              both(data, phi, b, "B-factor", "y2");
              double[] factor = Arrays.stream(phi).map(p -> m.decayFactor(p, AT)).toArray();
              String name =
                  String.format(Locale.ROOT, "Decay scale factor <br>at %.1f Angstrom", AT);
              data.add(curve(phi, factor, name, "y"));
            });
    Map<String, Object> layout =
        ReportGraphs.layout(
            "Smoothly varying corrections (dataset " + number + ")", "rotation angle (degrees)");
    layout.put(
        "xaxis",
        Map.of("domain", List.of(0, 1), "anchor", "y", "title", "rotation angle (degrees)"));
    layout.put("yaxis", up(0, 0.3, "scale factor"));
    layout.put("yaxis2", up(0.35, 0.65, "relative <br> B-factor"));
    layout.put("yaxis3", up(0.7, 1, "scale factor"));
    Map<String, Object> figure = ReportGraphs.figure(data, layout);
    figure.put(
        "help",
        "A measurement was divided by g = C · exp(B/2d²) · S: C and B change smoothly with the"
            + " rotation, S is absorption, if there is such a term.");
    return figure;
  }

  private static Map<String, Object> up(double from, double to, String title) {
    return Map.of("domain", List.of(from, to), "anchor", "x", "title", title);
  }

  /** A curve, and the parameters that it is drawn through. */
  private static void both(
      List<Object> data, double[] phi, SmoothedCurve c, String what, String axis) {
    String name = "smoothly-varying <br>" + what;
    data.add(curve(phi, Arrays.stream(phi).map(c::at).toArray(), name + " correction", axis));
    int n = c.size();
    Map<String, Object> points =
        curve(
            IntStream.range(0, n).mapToDouble(c::phi).toArray(),
            IntStream.range(0, n).mapToDouble(c::parameter).toArray(),
            name + " parameters",
            axis);
    points.put("type", "scatter");
    points.put("mode", "markers");
    double[] errors = IntStream.range(0, n).mapToDouble(c::error).toArray();
    if (Arrays.stream(errors).allMatch(Double::isFinite)) {
      points.put("error_y", Map.of("type", "data", "array", errors));
    }
    data.add(points);
  }

  private static Map<String, Object> curve(double[] x, double[] y, String name, String axis) {
    Map<String, Object> c = ReportGraphs.line(x, y, name);
    c.put("type", "line");
    c.put("xaxis", "x");
    c.put("yaxis", axis);
    return c;
  }
}
