package org.mdx.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.process.CrystalSummary;

/** The numbers of a crystal as JSON; null is what is not known. */
final class SummaryJson {
  private SummaryJson() {}

  static Map<String, Object> of(CrystalSummary s) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("images", s.images());
    m.put("spots", s.spots());
    m.put("indexed", s.indexed());
    m.put("rmsd_x_px", finite(s.rmsdX()));
    m.put("rmsd_y_px", finite(s.rmsdY()));
    m.put("rmsd_frames", finite(s.rmsdFrames()));
    List<Object> cell = new ArrayList<>();
    s.cell().forEach(c -> cell.add(finite(c)));
    m.put("unit_cell", cell);
    m.put("sigma_b", finite(s.sigmaB()));
    m.put("sigma_m", finite(s.sigmaM()));
    m.put("integrated", s.integrated());
    m.put("i_over_sigma", finite(s.iOverSigma()));
    m.put("d_min", finite(s.dMin()));
    return m;
  }

  private static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }

  static CrystalSummary read(JsonNode n) {
    List<Double> cell = new ArrayList<>();
    n.path("unit_cell").forEach(c -> cell.add(c.asDouble(Double.NaN)));
    return new CrystalSummary(
        n.path("images").asInt(),
        n.path("spots").asInt(),
        n.path("indexed").asInt(),
        number(n, "rmsd_x_px"),
        number(n, "rmsd_y_px"),
        number(n, "rmsd_frames"),
        cell,
        number(n, "sigma_b"),
        number(n, "sigma_m"),
        n.path("integrated").asInt(),
        number(n, "i_over_sigma"),
        number(n, "d_min"));
  }

  private static double number(JsonNode n, String key) {
    return n.path(key).asDouble(Double.NaN);
  }
}
