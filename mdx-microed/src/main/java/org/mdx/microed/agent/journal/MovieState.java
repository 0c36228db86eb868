package org.mdx.microed.agent.journal;

/** The progress of a movie. */
public enum MovieState {
  /** A step can begin as soon as there is room. */
  QUEUED,
  /** A step is under way. */
  RUNNING,
  /** A step has failed or has to wait, and begins again later. */
  WAITING,
  /** Given up until somebody asks to try again. */
  PARKED,
  /** Too small to hold anything; left alone. */
  EMPTY,
  /** The source vanished before everything was done. */
  GONE,
  /** All steps are done. */
  DONE;

  /** Whether there is something left to do without anybody asking. */
  public boolean isActive() {
    return this == QUEUED || this == RUNNING || this == WAITING;
  }
}
