package org.mdx.microed.agent.steps;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something that is done to each movie. A step that leaves a file writes it where it is told to;
 * the agent gives it its final name, which it has whole or not at all. A step is run by several
 * threads at once, for different movies.
 */
public interface Step {

  /**
   * The folder in each {@link #root()} in which products are written before they get their names.
   */
  String STAGING = ".mdx-staging";

  /**
   * Its name, under which it is recorded.
   *
   * @return as in the configuration
   */
  String name();

  /**
   * The folder in which all its products lie, which stands on one file system.
   *
   * @return absolute; empty if it leaves no file that the agent is to publish
   */
  default Optional<Path> root() {
    return Optional.empty();
  }

  /**
   * The final name of its product.
   *
   * @param item the movie
   * @return a path inside {@link #root()}; empty if it leaves no file
   * @throws IOException if that depends on the movie and it cannot be read
   */
  default Optional<Path> target(StepItem item) throws IOException {
    return Optional.empty();
  }

  /**
   * Whether the product becomes the file that later steps work on.
   *
   * @return true if it stands for the movie
   */
  default boolean replaces() {
    return false;
  }

  /**
   * Whether it reads the source itself, which is then checked to stay as it was found.
   *
   * @param item the movie
   * @return false if it works on a product alone
   */
  default boolean readsSource(StepItem item) {
    return item.file().equals(item.source());
  }

  /**
   * Whether half a product that an interrupted run has left helps the next one.
   *
   * @return false if it is to be deleted before
   */
  default boolean resumes() {
    return false;
  }

  /**
   * Whether a file that already has the final name is what this step would make.
   *
   * @param item the movie
   * @param existing the file
   * @return true if there is nothing left to do; false if the file is another one
   * @throws IOException if it cannot be told
   * @throws InterruptedException if the thread is interrupted
   */
  default boolean isDone(StepItem item, Path existing) throws IOException, InterruptedException {
    return false;
  }

  /**
   * Does the work. The source is only read.
   *
   * @param item the movie
   * @param staging the file to write; null if the step leaves none
   * @param context log, processes, threads
   * @return a remark for the record, and what is known of the product
   * @throws StepFailure if the movie is to wait or to be given up
   * @throws IOException if something else goes wrong; the step is tried again later, a few times
   * @throws InterruptedException if the thread is interrupted
   */
  StepOutcome run(StepItem item, Path staging, StepContext context)
      throws StepFailure, IOException, InterruptedException;
}
