package org.mdx.microed.process.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One step to be run.
 *
 * @param task who does it
 * @param arguments words without placeholders; inputs are absolute paths
 * @param folder where it runs and leaves its products
 * @param trial the trial's folder
 * @param log file for what it prints
 * @param threads that it may use, 1 or more
 * @param timeout after which it is ended
 */
public record StepRun(
    String task,
    List<String> arguments,
    Path folder,
    Path trial,
    Path log,
    int threads,
    Duration timeout) {

  public StepRun {
    arguments = List.copyOf(arguments);
  }
}
