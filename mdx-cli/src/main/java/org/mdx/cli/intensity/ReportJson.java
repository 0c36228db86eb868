package org.mdx.cli.intensity;

import java.util.Map;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.Merged;

/** Merging statistics under the keys that {@code dials.report} and {@code dials.scale} write. */
final class ReportJson {
  private ReportJson() {}

  static Map<String, Object> of(Merged m) {
    return MergeReport.of(m);
  }
}
