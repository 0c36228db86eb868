package org.mdx.microed.process;

/** The status of a trial. */
public enum TrialStatus {
  /** Steps are being run; if nothing is running, it was interrupted. */
  RUNNING,
  /** All steps have ended well, or were not needed. */
  DONE,
  /** A step had no result, because the crystal is not good enough. */
  STOPPED,
  /** Something is wrong with images, programs or files. */
  FAILED,
  /** It was left alone. */
  SKIPPED;

  /** As files and messages have it. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
