package org.mdx.cli.reduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.BraggCrystals;
import org.mdx.bragg.BraggSweep;
import org.mdx.bragg.LaueChoice;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.ScanBlock;
import org.mdx.crystal.UnitCell;

/** The numbers of spots, indexing and refinement for programs. */
final class CrystalJson {
  private CrystalJson() {}

  /** Members for a summary; none if all sweeps came with crystals. */
  static Map<String, Object> of(BraggCrystals crystals) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (crystals == null) {
      return all;
    }
    List<Object> sweeps = new ArrayList<>();
    BraggSweep before = null;
    int at = 0;
    for (int i = 0; i < crystals.images().size(); i++) {
      BraggSweep s = crystals.sweep(i).orElse(null);
      at = s != null && s == before ? at + 1 : 0;
      before = s;
      if (s != null && s.refined().isPresent()) {
        sweeps.add(sweep(i, at, s));
      }
    }
    if (!sweeps.isEmpty()) {
      all.put("crystals", sweeps);
      crystals.symmetry().ifPresent(c -> all.put("symmetry", symmetry(c)));
    }
    return all;
  }

  private static Map<String, Object> sweep(int number, int at, BraggSweep s) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", ReductionLog.name(number));
    m.put("spots", s.spots().get(at).reflections().size());
    m.put("indexed", s.indexed().orElseThrow().indexed());
    Refined r = s.refined().orElseThrow();
    UnitCell c = r.geometries().get(at).crystal().orElseThrow().cell();
    m.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
    List<Object> sigmas = new ArrayList<>();
    for (double x : r.cellSigmas(at)) {
      sigmas.add(finite(x));
    }
    m.put("unit_cell_sigma", sigmas);
    m.put("refined_with", r.used());
    m.put("outliers", r.outliers());
    m.put("converged", r.isConverged());
    m.put("rmsd", rmsd(r.sweeps().get(at)));
    List<Object> blocks = new ArrayList<>();
    for (ScanBlock b : r.blocks()) {
      if (b.sweep() == at) {
        blocks.add(rmsd(b));
      }
    }
    m.put("blocks", blocks);
    return m;
  }

  private static Map<String, Object> rmsd(ScanBlock b) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("images", List.of(b.firstImage(), b.lastImage()));
    m.put("reflections", b.reflections());
    m.put("x_px", finite(b.rmsdX()));
    m.put("y_px", finite(b.rmsdY()));
    m.put("frames", finite(b.rmsdFrames()));
    return m;
  }

  private static Map<String, Object> symmetry(LaueChoice c) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("laue_group", c.group().laueGroup().symbol());
    m.put("space_group", c.group().toString());
    m.put("confidence", c.confidence());
    m.put("probability", c.probability());
    m.put("doubtful", c.isDoubtful());
    return m;
  }

  /** JSON has no NaN. */
  private static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }
}
