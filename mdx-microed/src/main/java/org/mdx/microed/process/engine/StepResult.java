package org.mdx.microed.process.engine;

/**
 * The end of a step; its products are checked separately.
 *
 * @param exitCode 0 if all went well
 * @param reason what went wrong, one line; empty if nothing did or nothing is known
 * @param outOfTime whether it was ended because it took too long
 */
public record StepResult(int exitCode, String reason, boolean outOfTime) {

  /** All went well. */
  public static final StepResult DONE = new StepResult(0, "", false);

  /**
   * Something went wrong.
   *
   * @param exitCode not 0
   * @param reason what, one line
   * @return the result
   */
  public static StepResult failed(int exitCode, String reason) {
    return new StepResult(exitCode, reason, false);
  }
}
