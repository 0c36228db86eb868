package org.mdx.cli.intensity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Predicted less observed places, two coordinates at a time: their density, with histograms above
 * and beside it, as {@code dials.report} has them.
 */
final class ReportResiduals {
  private static final int CELLS = 50;
  private static final int SLOTS = 100;
  private static final Map<String, Object> RED = Map.of("color", "rgb(102,0,0)");

  private ReportResiduals() {}

  static Map<String, Object> of(int[] good, Reflections rows) {
    double[][] off = new double[3][];
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      off[axis] =
          Arrays.stream(good)
              .mapToDouble(
                  i ->
                      rows.value(ReflectionKeys.XYZCAL_PX, i, a)
                          - rows.value(ReflectionKeys.XYZOBS_PX, i, a))
              .toArray();
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("residuals_xy", figure(off, 0, 1));
    out.put("residuals_zy", figure(off, 2, 1));
    out.put("residuals_xz", figure(off, 0, 2));
    return out;
  }

  private static Map<String, Object> figure(double[][] off, int across, int up) {
    double[] x = ReportMaps.edges(off[across], CELLS);
    double[] y = ReportMaps.edges(off[up], CELLS);
    double[][] z = new double[CELLS][CELLS];
    for (int i = 0; i < off[across].length; i++) {
      z[ReportMaps.bin(y, off[up][i])][ReportMaps.bin(x, off[across][i])]++;
    }
    Map<String, Object> density = new LinkedHashMap<>();
    density.put("x", x);
    density.put("y", y);
    density.put("z", z);
    density.put("name", "density");
    density.put("colorscale", "Hot");
    density.put("reversescale", true);
    density.put("showscale", false);
    density.put("type", "contour");
    density.put("zsmooth", "best");
    String first = "XYZ".substring(across, across + 1);
    String second = "XYZ".substring(up, up + 1);
    return ReportGraphs.figure(
        List.of(density, above(off[across], first), beside(off[up], second)),
        layout(first, second));
  }

  private static Map<String, Object> above(double[] values, String axis) {
    Map<String, Object> bars = new LinkedHashMap<>();
    double[] edges = ReportMaps.edges(values, SLOTS);
    bars.put("x", middles(edges));
    bars.put("y", counts(edges, values));
    bars.put("name", "d" + axis.toLowerCase(java.util.Locale.ROOT) + " histogram");
    bars.put("marker", RED);
    bars.put("yaxis", "y2");
    bars.put("type", "bar");
    return bars;
  }

  private static Map<String, Object> beside(double[] values, String axis) {
    Map<String, Object> bars = new LinkedHashMap<>();
    double[] edges = ReportMaps.edges(values, SLOTS);
    bars.put("y", middles(edges));
    bars.put("x", counts(edges, values));
    bars.put("name", "d" + axis.toLowerCase(java.util.Locale.ROOT) + " histogram");
    bars.put("marker", RED);
    bars.put("xaxis", "x2");
    bars.put("type", "bar");
    bars.put("orientation", "h");
    return bars;
  }

  static double[] middles(double[] edges) {
    return IntStream.range(1, edges.length)
        .mapToDouble(k -> (edges[k - 1] + edges[k]) / 2)
        .toArray();
  }

  static int[] counts(double[] edges, double[] values) {
    int[] n = new int[edges.length - 1];
    for (double v : values) {
      n[ReportMaps.bin(edges, v)]++;
    }
    return n;
  }

  private static Map<String, Object> layout(String first, String second) {
    Map<String, Object> l = new LinkedHashMap<>();
    l.put("showlegend", false);
    l.put("autosize", false);
    l.put("width", 600);
    l.put("height", 550);
    l.put("margin", Map.of("t", 50));
    l.put("hovermode", "closest");
    l.put("bargap", 0);
    l.put("xaxis", main(first));
    l.put("yaxis", main(second));
    Map<String, Object> side =
        Map.of("domain", List.of(0.85, 1), "showgrid", false, "zeroline", false, "bargap", 0);
    l.put("xaxis2", side);
    l.put("yaxis2", side);
    l.put("title", "Centroid residuals in " + first + " and " + second);
    return l;
  }

  private static Map<String, Object> main(String title) {
    Map<String, Object> axis = new LinkedHashMap<>();
    axis.put("domain", List.of(0, 0.85));
    axis.put("showgrid", false);
    axis.put("zeroline", true);
    axis.put("zerolinewidth", 2);
    axis.put("zerolinecolor", "#969696");
    axis.put("title", title);
    return axis;
  }
}
