package org.mdx.microed.trials.bragg;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mdx.microed.process.engine.NativeEngine;
import org.mdx.microed.process.engine.NativeStep;

/** All steps that stand in for a program of DIALS. */
public final class BraggSteps {
  private BraggSteps() {}

  /**
   * An engine that does with them what DIALS does otherwise.
   *
   * @param engine that does other steps
   * @return a new engine
   */
  public static NativeEngine addTo(NativeEngine engine) {
    Map<String, NativeStep> steps = new LinkedHashMap<>();
    steps.put("dials.import", new ImportImages());
    steps.put("dials.find_spots", new FindSpots());
    steps.put("dials.index", new IndexSpots());
    steps.put("dials.refine", new RefineGeometry());
    steps.put("dials.integrate", new IntegrateSweep());
    steps.put("dials.check_indexing_symmetry", new CheckIndexing());
    steps.put("dials.symmetry", new FindSymmetry());
    steps.put("dials.scale", new ScaleIntensities());
    steps.put(ExportIntensities.TASK, new ExportIntensities());
    NativeEngine all = engine;
    for (Map.Entry<String, NativeStep> e : steps.entrySet()) {
      all = all.with(e.getKey(), e.getValue());
    }
    return all;
  }
}
