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
      DialsExperiment e = rows.get(i);
      out.add(
          new DialsExperiment(
              e.identifier(),
              geometries.get(i),
              e.template(),
              e.mask(),
              e.fileIndices(),
              e.notes()));
    }
    return out;
  }
}
