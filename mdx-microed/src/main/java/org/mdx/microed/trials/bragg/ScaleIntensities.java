package org.mdx.microed.trials.bragg;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.MergeReport;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.bragg.scale.ScaleOptions;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.scale.Scaler;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;

/** Makes {@code scaled.expt} and {@code scaled.refl}: what {@code dials.scale} does. */
final class ScaleIntensities implements NativeStep {
  private static final String D_MIN = "cut_data.d_min";
  private static final String PARTIALITY = "cut_data.partiality_cutoff";
  private static final String SHELLS = "output.merging.nbins";
  private static final String JSON = "output.json";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words = StepWords.of(run, D_MIN, PARTIALITY, SHELLS, JSON);
    TrialSweep sweep = TrialSweep.read(words);
    ScaleOptions o = ScaleOptions.defaults();
    o = words.number(D_MIN).map(o::dMin).orElse(o);
    o = words.number(PARTIALITY).map(o::minPartiality).orElse(o);
    MergeOptions m = MergeOptions.defaults();
    m = words.number(D_MIN).map(m::dMin).orElse(m);
    m = words.integer(SHELLS).map(m::shells).orElse(m);
    List<Geometry> geometries = sweep.geometries();
    Scaled scaled = Scaler.scale(geometries, sweep.reflections(), o);
    Merged merged = Merger.merge(geometries, scaled.reflections(), m);
    try (StepLog log = new StepLog(run, out, "dials.scale.log")) {
      log.say(scaled.table().lines().toList());
      log.say("");
      log.say(merged.dialsTable());
      log.say("");
      log.say(merged.notes());
    }
    if (words.text(JSON).isPresent()) {
      Map<String, Object> all = MergeReport.of(merged);
      all.put("batch_plots", FrameScales.plots(geometries.get(0).scan(), scaled.reflections()));
      byte[] json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(all);
      AtomicFile.write(run.folder().resolve(words.text(JSON).get()), s -> s.write(json));
    }
    Dials.withScaling(
            ExperimentList.read(words.file(".expt")), ScalingModels.of(geometries, scaled))
        .write(run.folder().resolve("scaled.expt"));
    ReflectionFile.write(run.folder().resolve("scaled.refl"), scaled.reflections());
  }
}
