package org.mdx.microed.trials;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mdx.microed.process.engine.DialsEngine;
import org.mdx.microed.process.engine.NativeEngine;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.trials.bragg.BraggSteps;

/** The engines that do the steps of trials. */
public final class Engines {
  private Engines() {}

  /**
   * Steps of DIALS done by its programs.
   *
   * @param dials folder of DIALS; empty for the PATH
   * @return the engines
   */
  public static List<StepEngine> dials(Optional<Path> dials) {
    return List.of(steps(), programs(dials));
  }

  /**
   * Steps of DIALS done by this project, all that there is a step for. For these, take {@link
   * org.mdx.microed.process.pipeline.Pipeline#ofNativeSteps()}.
   *
   * @param dials folder of DIALS, for programs that a site's own trials name; empty for the PATH
   * @return the engines
   */
  public static List<StepEngine> ofThisProject(Optional<Path> dials) {
    return List.of(BraggSteps.addTo(steps()), programs(dials));
  }

  private static NativeEngine steps() {
    return NativeEngine.standard().with(FilterBlanks.TASK, new FilterBlanks());
  }

  private static DialsEngine programs(Optional<Path> dials) {
    return dials.map(DialsEngine::in).orElseGet(DialsEngine::onPath);
  }
}
