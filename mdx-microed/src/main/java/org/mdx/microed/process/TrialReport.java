package org.mdx.microed.process;

import java.util.Locale;

/**
 * The outcome of one trial of one crystal.
 *
 * @param crystal its name
 * @param trial its name
 * @param status how it ended
 * @param step at which it did not go on; empty if it went through
 * @param reason why, one line; may be empty
 * @param ran number of steps that were run now
 * @param kept number of steps that were done before
 * @param seconds that it took now
 */
public record TrialReport(
    String crystal,
    String trial,
    TrialStatus status,
    String step,
    String reason,
    int ran,
    int kept,
    double seconds) {

  /**
   * One line.
   *
   * @return such as {@code 20230611_2324/P1 stopped at index: no lattice (3 steps, 12.1 s)}
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(crystal + "/" + trial + "  ");
    line.append(status);
    if (!step.isEmpty()) {
      line.append(" at ").append(step);
    }
    if (!reason.isEmpty()) {
      line.append(": ").append(reason);
    }
    if (status != TrialStatus.SKIPPED) {
      line.append(String.format(Locale.ROOT, " (%d steps run", ran));
      if (kept > 0) {
        line.append(", ").append(kept).append(" done before");
      }
      line.append(String.format(Locale.ROOT, ", %.1f s)", seconds));
    }
    return line.toString();
  }
}
