package org.mdx.microed.agent.steps;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.parallel.Parallel;

/** The means that the agent lends to a step. */
public interface StepContext {

  /**
   * Writes a line to the agent's log.
   *
   * @param message what to say
   */
  void log(String message);

  /**
   * The step's share of the processors.
   *
   * @return one thread or more
   */
  Parallel parallel();

  /**
   * A folder for what programs print.
   *
   * @return an existing folder
   */
  Path logs();

  /**
   * Notes a process that the step has started, so that it is ended before the step begins again,
   * should the agent end without being able to end it.
   *
   * @param process which has just begun
   * @throws IOException if it cannot be noted; the process is to be ended
   */
  void started(Process process) throws IOException;
}
