package org.mdx.pipeline.parts;

import java.util.Optional;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.Peaks;
import org.mdx.table.HKLTable;

/**
 * What a sweep came to by itself: all that scaling, merging and a summary need of it.
 *
 * @param peaks its Bragg peaks and their model
 * @param mask what was left out of it
 * @param cutoff what decided how far the peaks are masked; empty if it was given
 * @param totals sums of its integration
 * @param corrected its intensities, as it is indexed
 */
public record SweepPart(
    Peaks peaks, BraggMask mask, Optional<FoundCutoff> cutoff, Totals totals, HKLTable corrected) {

  /**
   * Sums over all frames.
   *
   * @param maskedPixels pixels that the mask left out
   * @param pixels pixels that were integrated
   * @param counts their counts
   */
  public record Totals(long maskedPixels, long pixels, long counts) {}

  /** Such as {@code SweepPart[81234 observations]}. */
  @Override
  public String toString() {
    return "SweepPart[" + corrected.rows() + " observations]";
  }
}
