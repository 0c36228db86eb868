package org.mdx.cli.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.process.DataSet;
import org.mdx.bragg.process.Processed;
import org.mdx.bragg.process.ProcessedCrystal;
import org.mdx.cli.intensity.IntensityFiles;

/** What came of all crystals, for programs. */
final class ProcessJson {
  private ProcessJson() {}

  static Map<String, Object> of(Processed p) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("crystals", p.crystals().stream().map(ProcessJson::crystal).toList());
    root.put("data_sets", p.dataSets().stream().map(s -> set(p, s)).toList());
    root.put("best", p.best().map(DataSet::name).orElse(null));
    root.put("notes", p.notes());
    return root;
  }

  private static Map<String, Object> crystal(ProcessedCrystal c) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", c.name());
    m.putAll(SummaryJson.of(c.summary()));
    m.put("notes", c.notes());
    m.put("failed_at", c.failure().map(f -> f.stage().toString()).orElse(null));
    m.put("reason", c.failure().map(ProcessedCrystal.Failure::reason).orElse(null));
    return m;
  }

  private static Map<String, Object> set(Processed p, DataSet s) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", s.name());
    m.put("what", s.what());
    List<String> names =
        s.sweeps().stream().map(i -> p.crystals().get(p.sweepCrystals().get(i)).name()).toList();
    m.put("sweeps", s.sweeps());
    m.put("crystals", names.stream().distinct().toList());
    m.putAll(IntensityFiles.numbers(s.merged()));
    m.put("notes", s.notes());
    return m;
  }
}
