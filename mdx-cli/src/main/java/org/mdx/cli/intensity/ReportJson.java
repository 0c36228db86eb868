package org.mdx.cli.intensity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.bragg.merge.IntensityStatistics;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.Merged;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;
import org.mdx.scale.BraggScale;

/** Merging statistics, models and graphs under the keys that {@code dials.report} writes. */
final class ReportJson {
  private ReportJson() {}

  static Map<String, Object> of(
      Merged m,
      IntensityStatistics s,
      List<Geometry> geometries,
      List<Optional<BraggScale>> models,
      Reflections scaled) {
    Map<String, Object> root = new LinkedHashMap<>(ReportTable.of(scaled));
    root.put("scan_varying", ReportCrystals.of(geometries));
    root.put("scaling_model", ReportGraphs.scalingModel(models));
    root.putAll(MergeReport.of(m));
    Map<String, Object> graphs = new LinkedHashMap<>(MergeReport.graphs(m));
    graphs.put("second_moments", ReportGraphs.secondMoments(m, s));
    root.put("resolution_graphs", graphs);
    root.put("batch_graphs", ReportGraphs.batches(s));
    root.put("misc_graphs", ReportGraphs.misc(s));
    // the names of dials.scale for the same figures
    root.put("resolution_plots", graphs);
    root.put("batch_plots", root.get("batch_graphs"));
    root.put("misc_plots", root.get("misc_graphs"));
    root.put("image_range_tables", ReportGraphs.imageRanges(geometries));
    return root;
  }
}
