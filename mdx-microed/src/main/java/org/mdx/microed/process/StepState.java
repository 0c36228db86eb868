package org.mdx.microed.process;

import java.util.List;

/**
 * The outcome of a step.
 *
 * @param name of the step
 * @param status how it is
 * @param reason why it was skipped or has failed, one line; may be empty
 * @param fingerprint its arguments, which say whether it would be the same again
 * @param command the command line of the last attempt; empty if there was none
 * @param attempt which of the arguments and fallbacks ended it, from 1; 0 if none was tried
 * @param exitCode of the last attempt
 * @param started when, ISO 8601; empty if it was not
 * @param seconds that it took
 * @param log file with what it printed, in the trial's folder; may be empty
 */
public record StepState(
    String name,
    Status status,
    String reason,
    String fingerprint,
    List<String> command,
    int attempt,
    int exitCode,
    String started,
    double seconds,
    String log) {

  /** The status of a step. */
  public enum Status {
    /** It began; if nothing is running, it was interrupted. */
    RUNNING,
    /** Its products are there. */
    DONE,
    /** It has no result, and would have none again. */
    FAILED,
    /** Its condition does not hold. */
    SKIPPED;

    /** As files and messages have it. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public StepState {
    command = List.copyOf(command);
  }

  /** Before anything has been tried. */
  static StepState of(String name, Status status, String reason, String fingerprint) {
    return new StepState(name, status, reason, fingerprint, List.of(), 0, 0, "", 0, "");
  }

  /** The same with another status. */
  StepState with(Status newStatus, String newReason, int newExitCode, double newSeconds) {
    return new StepState(
        name,
        newStatus,
        newReason,
        fingerprint,
        command,
        attempt,
        newExitCode,
        started,
        newSeconds,
        log);
  }
}
