package org.mdx.stats;

import java.util.Locale;

/**
 * The fraction of measured voxels among those that could be measured. Of an unknown number nothing
 * is known.
 *
 * @param measured voxels of the shell that have an intensity
 * @param possible voxels of the asymmetric unit that the shell has; −1 if not known
 * @param measuredUpToHere voxels with an intensity of this shell and all before
 * @param possibleUpToHere voxels of the asymmetric unit in this shell and all before; −1 if not
 *     known
 */
public record Completeness(
    long measured, long possible, long measuredUpToHere, long possibleUpToHere) {

  /**
   * The completeness of the shell.
   *
   * @return 0 to 1; NaN if the number of possible voxels is 0 or not known
   */
  public double fraction() {
    return possible > 0 ? (double) measured / possible : Double.NaN;
  }

  /**
   * The completeness from the first shell to the end of this one.
   *
   * @return 0 to 1; NaN if the number of possible voxels is 0 or not known
   */
  public double cumulative() {
    return possibleUpToHere > 0 ? (double) measuredUpToHere / possibleUpToHere : Double.NaN;
  }

  /** Such as {@code 37623 of 49177 voxels, 76.5 %}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d of %d voxels, %.1f %%", measured, possible, 100 * fraction());
  }
}
