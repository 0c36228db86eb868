package org.mdx.cli.bragg;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.DialsExperiment;

/** Experiments with a better geometry. */
final class AxisOutput {
  private AxisOutput() {}

  static List<DialsExperiment> placed(List<DialsExperiment> rows, List<Geometry> geometries) {
    List<DialsExperiment> out = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      out.add(rows.get(i).withGeometry(geometries.get(i)));
    }
    return out;
  }
}
