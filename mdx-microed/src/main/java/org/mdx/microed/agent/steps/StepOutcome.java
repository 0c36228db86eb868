package org.mdx.microed.agent.steps;

/**
 * The message of a step that is done.
 *
 * @param note a remark for the record; may be empty
 * @param digest SHA-256 that the product must have; null if only the product itself tells
 */
public record StepOutcome(String note, String digest) {

  /**
   * A remark alone.
   *
   * @param note for the record; may be empty
   * @return the outcome
   */
  public static StepOutcome of(String note) {
    return new StepOutcome(note, null);
  }
}
