package org.mdx.cli.intensity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;

/** Cells and orientations along the scans, as figures under the keys of {@code dials.report}. */
final class ReportCrystals {
  private static final String[] CELL = {
    "a (Å)", "b (Å)", "c (Å)", "α (°)", "β (°)", "γ (°)", "volume (Å³)"
  };

  /** Colours of the sweeps, in turn. */
  private static final List<String> COLOURS =
      List.of(
          "#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
          "#bcbd22", "#17becf");

  private ReportCrystals() {}

  /** Of the crystals that change; nothing if none does. */
  static Map<String, Object> of(List<Geometry> geometries) {
    List<Object> cells = new ArrayList<>();
    List<Object> turns = new ArrayList<>();
    for (int i = 0; i < geometries.size(); i++) {
      Geometry g = geometries.get(i);
      Crystal c = g.crystal().orElse(null);
      if (c != null && !c.scanPoints().isEmpty()) {
        List<Object> cell = new ArrayList<>();
        List<Object> turn = new ArrayList<>();
        add(g, c, cell, turn);
        colour(cell, i);
        colour(turn, i);
        cells.addAll(cell);
        turns.addAll(turn);
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    if (!cells.isEmpty()) {
      out.put("scan_varying_cell", ReportGraphs.figure(cells, cellLayout()));
      out.put("scan_varying_orientation", ReportGraphs.figure(turns, turnLayout()));
    }
    return out;
  }

  @SuppressWarnings("unchecked")
  private static void colour(List<Object> lines, int sweep) {
    Map<String, Object> marker = Map.of("color", COLOURS.get(sweep % COLOURS.size()));
    lines.forEach(l -> ((Map<String, Object>) l).put("marker", marker));
  }

  private static void add(Geometry g, Crystal c, List<Object> cells, List<Object> turns) {
    int n = c.scanPoints().size();
    double[] phi = IntStream.range(0, n).mapToDouble(k -> g.scan().phiAt(k)).toArray();
    double[][] cell = new double[CELL.length][n];
    double[][] turn = new double[3][n];
    Mat3 still = c.u().transpose();
    for (int k = 0; k < n; k++) {
      Crystal at = Crystal.ofRealSpaceAxes(c.scanPoints().get(k).inverse(), c.spaceGroup());
      UnitCell u = at.cell();
      double[] values = {u.a(), u.b(), u.c(), u.alpha(), u.beta(), u.gamma(), u.volume()};
      double[] angles = angles(at.u().times(still));
      for (int j = 0; j < values.length; j++) {
        cell[j][k] = j > 2 && j < 6 ? Math.rint(values[j] * 1e6) / 1e6 : values[j];
      }
      for (int j = 0; j < 3; j++) {
        turn[j][k] = angles[j];
      }
    }
    for (int j = 0; j < cell.length; j++) {
      cells.add(line(phi, cell[j], CELL[j], j, j < 3 ? "x" : j < 6 ? "x2" : "x3"));
    }
    for (int j = 0; j < 3; j++) {
      turns.add(line(phi, turn[j], "Φ" + (j + 1) + " (°)", j, "x" + (j + 1)));
    }
  }

  private static Map<String, Object> line(
      double[] x, double[] y, String name, int number, String xAxis) {
    Map<String, Object> l = ReportGraphs.line(x, y, name);
    if (number > 0) {
      l.put("xaxis", xAxis);
      l.put("yaxis", "y" + (number + 1));
    }
    return l;
  }

  /** Degrees about x, y, z of R = R(z) R(y) R(x). */
  private static double[] angles(Mat3 r) {
    double[] e = r.toRowMajor();
    return new double[] {
      Math.toDegrees(Math.atan2(e[7], e[8])),
      Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, -e[6])))),
      Math.toDegrees(Math.atan2(e[3], e[0]))
    };
  }

  private static Map<String, Object> cellLayout() {
    Map<String, Object> l = new LinkedHashMap<>();
    l.put("title", "Scan-varying cell parameters");
    l.put("xaxis3", Map.of("domain", List.of(0, 1), "anchor", "y7", "title", "rotation angle (°)"));
    l.put("xaxis2", Map.of("domain", List.of(0.53, 1), "anchor", "y6"));
    l.put("xaxis", Map.of("domain", List.of(0, 0.47), "anchor", "y3"));
    l.put("yaxis7", Map.of("domain", List.of(0.0, 0.2), "anchor", "x3", "nticks", 5));
    List<List<Double>> rows = List.of(List.of(0.8, 1.0), List.of(0.55, 0.75), List.of(0.3, 0.5));
    for (int j = 0; j < 6; j++) {
      l.put(
          "yaxis" + (j == 0 ? "" : j + 1),
          Map.of("domain", rows.get(j % 3), "anchor", j < 3 ? "x" : "x2", "nticks", 5));
    }
    return l;
  }

  private static Map<String, Object> turnLayout() {
    Map<String, Object> l = new LinkedHashMap<>();
    l.put("title", "Scan-varying orientation parameters");
    l.put("xaxis3", Map.of("domain", List.of(0, 1), "anchor", "y3", "title", "rotation angle (°)"));
    l.put("xaxis2", Map.of("domain", List.of(0, 1), "anchor", "y3"));
    l.put("xaxis", Map.of("domain", List.of(0, 1), "anchor", "y3"));
    l.put("yaxis3", Map.of("domain", List.of(0, 0.3), "anchor", "x3", "nticks", 5));
    l.put("yaxis2", Map.of("domain", List.of(0.35, 0.65), "anchor", "x2", "nticks", 5));
    l.put("yaxis", Map.of("domain", List.of(0.7, 1), "nticks", 5));
    return l;
  }
}
