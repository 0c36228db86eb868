package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import org.mdx.bragg.symmetry.IndexingCheck;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;

/**
 * Whether all indices are off by a constant: what {@code dials.check_indexing_symmetry} finds out.
 */
final class CheckIndexing implements NativeStep {
  private static final String D_MIN = "d_min";
  private static final String D_MAX = "d_max";
  private static final String GRID = "grid";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words = StepWords.of(run, D_MIN, D_MAX, GRID);
    TrialSweep sweep = TrialSweep.read(words);
    IndexingCheck check =
        IndexingCheck.of(
            sweep.geometries(),
            sweep.reflections(),
            words.number(D_MIN).orElse(0.0),
            words.number(D_MAX).orElse(0.0),
            words.integer(GRID).orElse(0));
    try (StepLog log = new StepLog(run, out, "dials.check_indexing_symmetry.log")) {
      log.say(check.table().lines().toList());
    }
  }
}
