package org.mdx.cli.reduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.cli.stage.MergedJson;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.cli.terminal.VersionCommand;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.Scaled;
import org.mdx.scaling.Scaling;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.Subdivision;

/** The numbers of a reduction's summary for programs. What is not known is left out. */
final class ReductionJson {
  private static final int SHELLS = 15;

  private ReductionJson() {}

  /**
   * All numbers.
   *
   * @param result the reduction
   * @param names of the sweeps, by the files they were read from
   * @param stopwatch of the steps
   */
  static Map<String, Object> of(Reduction result, List<String> names, StepTimes stopwatch) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("version", VersionCommand.version());
    all.put("crystal", crystal(result.crystal()));
    Subdivision n = result.table().ndiv();
    all.put("subdivision", List.of(n.h(), n.k(), n.l()));
    List<Map<String, Object>> sweeps = new ArrayList<>();
    for (ReducedSweep sweep : result.sweeps()) {
      sweeps.add(sweep(sweep, names.get(sweep.number())));
    }
    all.put("sweeps", sweeps);
    all.put("warnings", result.notes());
    result
        .corrected()
        .reindexing()
        .ifPresent(
            r -> {
              List<String> operators = new ArrayList<>();
              for (int i = 0; i < sweeps.size(); i++) {
                operators.add(r.operator(i).toString());
              }
              all.put("reindexing", Map.of("ambiguous", r.isAmbiguous(), "operators", operators));
            });
    result.scaled().flatMap(Scaled::scaling).ifPresent(s -> all.put("scaling", scaling(s)));
    all.put("merged", MergedJson.of(result.merged().merged()));
    ShellStatistics statistics =
        ShellStatistics.of(result.crystal().cell(), result.crystal().spaceGroup());
    List<Map<String, Object>> shells =
        statistics.compute(result.table(), ShellOptions.defaults().count(SHELLS)).records();
    all.put("shells", shells.subList(0, shells.size() - 1));
    all.put("overall", shells.get(shells.size() - 1));
    all.put("seconds", stopwatch.steps());
    all.put("total_seconds", stopwatch.total());
    all.put("peak_memory_mib", StepTimes.peakMemory());
    return all;
  }

  private static Map<String, Object> crystal(Crystal crystal) {
    UnitCell c = crystal.cell();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
    map.put("space_group", crystal.spaceGroup().toString());
    map.put("laue_group", crystal.spaceGroup().laueGroup().symbol());
    return map;
  }

  private static Map<String, Object> sweep(ReducedSweep s, String name) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", ReductionLog.name(s.number()));
    map.put("file", name);
    map.put("first_image", s.sweep().images().source().describe(0));
    map.put("frames", s.sweep().images().frames());
    map.put("count_threshold", s.peaks().countThreshold());
    map.put("strong_pixels", s.peaks().positions().size());
    map.put("peak_outliers", s.peaks().outliers().size());
    double[] a = s.peaks().model().semiAxes();
    map.put("peak_semi_axes", List.of(a[0], a[1], a[2]));
    map.put("sigma_cutoff", s.sigmaCutoff());
    map.put("masked_pixels", s.maskedPixels());
    map.put("pixels", s.pixels());
    map.put("counts", s.counts());
    map.put("observations", s.observations());
    return map;
  }

  private static Map<String, Object> scaling(Scaling s) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("chi2", s.chiSquare());
    map.put("cycles", s.cycles().size());
    map.put("observations", s.observations());
    map.put("invalid", s.invalid());
    map.put("singletons", s.singletons());
    map.put("outliers", s.outliers());
    return map;
  }
}
