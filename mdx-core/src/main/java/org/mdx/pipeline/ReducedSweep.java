package org.mdx.pipeline;

import java.util.Optional;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.parts.SweepPart;

/** The outcome of one sweep of a reduction. Immutable. */
public final class ReducedSweep {
  private final int number;
  private final Sweep sweep;
  private final Peaks peaks;
  private final double sigmaCutoff;
  private final Optional<FoundCutoff> foundCutoff;
  private final long maskedPixels;
  private final long pixels;
  private final long counts;
  private final int observations;

  ReducedSweep(int number, Sweep sweep, SweepPart part) {
    this.number = number;
    this.sweep = sweep;
    peaks = part.peaks();
    sigmaCutoff = part.mask().cutoff();
    foundCutoff = part.cutoff();
    maskedPixels = part.totals().maskedPixels();
    pixels = part.totals().pixels();
    counts = part.totals().counts();
    observations = part.corrected().rows();
  }

  /**
   * Its number.
   *
   * @return from 0, in the order the sweeps were given
   */
  public int number() {
    return number;
  }

  /**
   * Images and geometry.
   *
   * @return the sweep as it was given
   */
  public Sweep sweep() {
    return sweep;
  }

  /**
   * Its Bragg peaks.
   *
   * @return strong pixels and their model
   */
  public Peaks peaks() {
    return peaks;
  }

  /**
   * How far the peaks are masked.
   *
   * @return standard deviations of the peak model
   */
  public double sigmaCutoff() {
    return sigmaCutoff;
  }

  /**
   * What decided how far the peaks are masked.
   *
   * @return empty if the cutoff was given
   */
  public Optional<FoundCutoff> foundCutoff() {
    return foundCutoff;
  }

  /**
   * Pixels that the Bragg mask left out.
   *
   * @return how many, in all frames together
   */
  public long maskedPixels() {
    return maskedPixels;
  }

  /**
   * Pixels that were integrated.
   *
   * @return how many, in all frames together
   */
  public long pixels() {
    return pixels;
  }

  /**
   * Counts of the pixels that were integrated.
   *
   * @return their sum
   */
  public long counts() {
    return counts;
  }

  /**
   * Observations that the counts were summed to.
   *
   * @return rows of the integrated table
   */
  public int observations() {
    return observations;
  }

  @Override
  public String toString() {
    return "ReducedSweep["
        + number
        + ": "
        + sweep.images().frames()
        + " frames from "
        + sweep.images().source().describe(0)
        + "; "
        + observations
        + " observations of "
        + counts
        + " counts in "
        + pixels
        + " pixels, "
        + maskedPixels
        + " pixels masked]";
  }
}
