package org.mdx.cli.intensity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.bragg.merge.IntensityStatistics;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.Merged;
import org.mdx.geometry.Geometry;
import org.mdx.scale.BraggScale;

/** Merging statistics under the keys that {@code dials.report} and {@code dials.scale} write. */
final class ReportJson {
  private ReportJson() {}

  static Map<String, Object> of(
      Merged m,
      IntensityStatistics s,
      List<Geometry> geometries,
      List<Optional<BraggScale>> models) {
    Map<String, Object> root = new LinkedHashMap<>(MergeReport.of(m));
    Map<String, Object> graphs = new LinkedHashMap<>();
    if (root.get("resolution_graphs") instanceof Map<?, ?> known) {
      known.forEach((key, graph) -> graphs.put(key.toString(), graph));
    }
    graphs.put("second_moments", ReportGraphs.secondMoments(m, s));
    root.put("resolution_graphs", graphs);
    root.put("scaling_model", ReportGraphs.scalingModel(models));
    root.put("batch_graphs", ReportGraphs.batches(s));
    root.put("misc_graphs", ReportGraphs.misc(s));
    root.put("image_range_tables", ReportGraphs.imageRanges(geometries));
    return root;
  }
}
