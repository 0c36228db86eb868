package org.mdx.microed.trials;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mdx.microed.process.engine.DialsEngine;
import org.mdx.microed.process.engine.NativeEngine;
import org.mdx.microed.process.engine.StepEngine;

/** The engines that do the steps of trials. */
public final class Engines {
  private Engines() {}

  /**
   * All native steps, and programs of DIALS.
   *
   * @param dials folder of DIALS; empty for the PATH
   * @return the engines
   */
  public static List<StepEngine> all(Optional<Path> dials) {
    return List.of(
        NativeEngine.standard().with(FilterBlanks.TASK, new FilterBlanks()),
        dials.map(DialsEngine::in).orElseGet(DialsEngine::onPath));
  }
}
