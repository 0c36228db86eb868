package org.mdx.parallel;

/** Told how far a long computation has come. Calls can come from any thread, one at a time. */
@FunctionalInterface
public interface Progress {

  /** Ignores everything. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * Called after each step.
   *
   * @param stage what is being done, such as {@code find peaks}
   * @param done steps finished, 1 to total
   * @param total steps in all
   */
  void advance(String stage, long done, long total);
}
