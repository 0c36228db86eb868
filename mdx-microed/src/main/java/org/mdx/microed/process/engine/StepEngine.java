package org.mdx.microed.process.engine;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Runs steps. Used by several threads at a time. */
public interface StepEngine {

  /**
   * What trials of this engine are called, in {@code state.json} and in messages.
   *
   * @return such as {@code dials}
   */
  String name();

  /**
   * Whether it is this engine that does a task.
   *
   * @param task such as {@code dials.index}
   * @return whether to give it such steps
   */
  boolean knows(String task);

  /**
   * Why tasks cannot be done here, asked before any step runs.
   *
   * @param tasks some that it knows
   * @return what is missing and what to do; empty if they can be done
   */
  Optional<String> problem(Collection<String> tasks);

  /**
   * The command line of a step, for people.
   *
   * @param run the step
   * @return words
   */
  List<String> command(StepRun run);

  /**
   * Runs a step to its end. On return nothing of it is running, whatever happened.
   *
   * @param run the step
   * @return how it ended
   * @throws IOException if it cannot be started or its log cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  StepResult run(StepRun run) throws IOException, InterruptedException;
}
