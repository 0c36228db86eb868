package org.mdx.microed.blanks;

import java.util.List;
import java.util.Optional;
import org.mdx.io.dials.DialsData;

/**
 * Sweeps without their blank frames.
 *
 * @param verdicts one for each experiment, in order
 * @param notBlank the experiments that keep images, their scans cut and with the reflections on
 *     them; empty if none does
 */
public record FilteredSweeps(List<SweepVerdict> verdicts, Optional<DialsData> notBlank) {
  public FilteredSweeps {
    verdicts = List.copyOf(verdicts);
  }
}
