package org.mdx.cli.intensity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mdx.bragg.merge.AnomalousStatistics;
import org.mdx.bragg.merge.Deviations;
import org.mdx.bragg.merge.IntensityStatistics;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.Merged;
import org.mdx.reflection.Reflections;

/** Merging statistics, models and graphs under the keys that {@code dials.report} writes. */
final class ReportJson {
  private ReportJson() {}

  static Map<String, Object> of(Merged m, ScaledSweeps sweeps, Reflections scaled) {
    IntensityStatistics s = IntensityStatistics.of(sweeps.geometries(), scaled, m);
    AnomalousStatistics a = AnomalousStatistics.of(sweeps.geometries(), scaled, m);
    Deviations d = Deviations.of(sweeps.geometries(), scaled, m, sweeps.errors());
    Map<String, Object> root = new LinkedHashMap<>(ReportTable.of(scaled));
    root.put("scan_varying", ReportCrystals.of(sweeps.geometries()));
    root.put("scaling_model", ReportScales.of(sweeps.scales()));
    root.putAll(MergeReport.of(m));
    Map<String, Object> graphs = new LinkedHashMap<>(MergeReport.graphs(m));
    graphs.put("second_moments", ReportGraphs.secondMoments(m, s));
    root.put("resolution_graphs", graphs);
    root.put("batch_graphs", ReportGraphs.batches(s));
    root.put("misc_graphs", ReportGraphs.misc(m, s));
    ReportScaled rows = new ReportScaled(scaled, m);
    root.put("scaled_intensity_graphs", rows.intensities(a));
    root.put("outlier_plots", rows.outliers(sweeps.geometries()));
    root.put("error_model_plots", rows.errorModel(d));
    root.put("error_model_summary", ReportScaled.summary(sweeps.errors()));
    // the names of dials.scale for the same figures
    root.put("resolution_plots", graphs);
    root.put("batch_plots", root.get("batch_graphs"));
    root.put("misc_plots", root.get("misc_graphs"));
    root.put("anom_plots", rows.anomalous(a));
    root.put("twinning", TwinNumbers.of(m.twins()));
    root.put(
        "image_range_tables", ReportGraphs.imageRanges(sweeps.geometries(), sweeps.templates()));
    return root;
  }
}
