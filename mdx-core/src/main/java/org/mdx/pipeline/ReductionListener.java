package org.mdx.pipeline;

import org.mdx.image.BinnedImageSeries;
import org.mdx.integrate.Integration;
import org.mdx.mask.FoundShadow;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.Peaks;
import org.mdx.reindex.SymmetryAgreement;

/**
 * Told what {@link Sweeps#reduce(ReductionOptions, ReductionListener)} does, one call after the
 * other on the caller's thread. What it throws ends the reduction.
 */
public interface ReductionListener {

  /** Does not care. */
  ReductionListener NONE = new ReductionListener() {};

  /** The steps of a reduction. */
  enum Step {
    /** The background is binned. */
    BACKGROUND("background"),
    /** Strong pixels of a sweep are sought. */
    FIND_PEAKS("find peaks"),
    /** How far the peaks of a sweep reach is found. */
    MASK("mask peaks"),
    /** Counts of a sweep are integrated. */
    INTEGRATE("integrate"),
    /** Counts of a sweep are corrected. */
    CORRECT("correct"),
    /** Sweeps are indexed alike. */
    REINDEX("reindex"),
    /** Sweeps are brought on one scale. */
    SCALE("scale"),
    /** Observations are merged. */
    MERGE("merge");

    private final String title;

    Step(String title) {
      this.title = title;
    }

    /** Such as {@code find peaks}. */
    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * A step begins; steps of a sweep begin anew for each.
   *
   * @param step which
   */
  default void begins(Step step) {}

  /**
   * A step is over, unless it failed.
   *
   * @param step which
   */
  default void ends(Step step) {}

  /**
   * The background is binned.
   *
   * @param rates its count rates
   */
  default void background(BinnedImageSeries rates) {}

  /**
   * Attenuators of a sweep and of the background differ, or one side alone tells them.
   *
   * @param sweep its number, from 0
   * @param difference in words, and what was made of it
   */
  default void attenuated(int sweep, String difference) {}

  /**
   * Something stands in front of the detector that no mask leaves out, such as a beamstop.
   *
   * @param sweep its number, from 0
   * @param shadow its pixels, which count all the same
   */
  default void shadow(int sweep, FoundShadow shadow) {}

  /**
   * Equivalent intensities of a sweep disagree, so that its space group is too high.
   *
   * @param sweep its number, from 0
   * @param agreement of the rotations of its Laue group
   */
  default void symmetryDoubted(int sweep, SymmetryAgreement agreement) {}

  /**
   * The peaks of a sweep are found.
   *
   * @param sweep its number, from 0
   * @param peaks strong pixels and their model
   */
  default void peaks(int sweep, Peaks peaks) {}

  /**
   * How far the peaks of a sweep reach was found from its images.
   *
   * @param sweep its number, from 0
   * @param cutoff of the mask, and what decided it
   */
  default void cutoff(int sweep, FoundCutoff cutoff) {}

  /**
   * A sweep is integrated.
   *
   * @param sweep its number, from 0
   * @param integration table and totals
   */
  default void integrated(int sweep, Integration integration) {}

  /**
   * A sweep is reduced to corrected intensities. Its counts are not kept after this call.
   *
   * @param sweep what it came to
   * @param masked its mask
   * @param integrated its counts
   * @param corrected its intensities
   */
  default void reduced(
      ReducedSweep sweep, Masked masked, Integrated integrated, Corrected corrected) {}

  /**
   * A sweep was reduced before, and is taken from where it was kept; no step of it is done.
   *
   * @param sweep what it came to
   * @param mask what was left out of it
   */
  default void found(ReducedSweep sweep, BraggMask mask) {}

  /**
   * Corrected tables do not stay in memory any longer: those of this sweep, the ones before and
   * after go to the scratch.
   *
   * @param sweep number of the sweep with which there were too many, from 0
   * @param observations of the sweeps up to it
   */
  default void spills(int sweep, long observations) {}

  /**
   * All sweeps are indexed alike.
   *
   * @param corrected tables and sweeps as they now are, and what was found
   */
  default void reindexed(Corrected corrected) {}

  /**
   * All sweeps are on one scale.
   *
   * @param scaled their models
   */
  default void scaled(Scaled scaled) {}

  /**
   * There is nothing to scale against, so the sweeps are merged as they are.
   *
   * @param reason why, with its numbers
   */
  default void notScaled(String reason) {}

  /**
   * All is merged.
   *
   * @param merged the result
   */
  default void merged(MergedSweeps merged) {}
}
