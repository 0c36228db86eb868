package org.mdx.microed.agent.steps;

/** Tells why a step cannot go on, and what the agent is to do with the movie. */
public final class StepFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The consequence for the movie. */
  public enum Kind {
    /** Wait for a disk or a share and begin again; does not count as a failure. */
    WAIT,
    /** Give the movie up at once, as another attempt would end alike. */
    PARK,
    /** The source is not there any more. */
    GONE,
    /** The source is being written again. */
    CHANGED
  }

  private final Kind kind;

  /**
   * A failure.
   *
   * @param kind what is to become of the movie
   * @param reason for the record
   */
  public StepFailure(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  /**
   * What is to become of the movie.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
