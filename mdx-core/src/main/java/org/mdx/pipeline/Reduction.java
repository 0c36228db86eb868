package org.mdx.pipeline;

import java.util.List;
import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.HKLTable;

/**
 * The outcome of {@link Sweeps#reduce()}: the merged intensities and the steps that led to them.
 */
public final class Reduction {
  private final List<ReducedSweep> sweeps;
  private final Corrected corrected;
  private final Scaled scaled;
  private final String notScaled;
  private final MergedSweeps merged;
  private final List<String> notes;

  Reduction(
      List<ReducedSweep> sweeps,
      Corrected corrected,
      Scaled scaled,
      String notScaled,
      MergedSweeps merged,
      List<String> notes) {
    this.sweeps = List.copyOf(sweeps);
    this.corrected = corrected;
    this.scaled = scaled;
    this.notScaled = notScaled;
    this.merged = merged;
    this.notes = List.copyOf(notes);
  }

  /**
   * What a user should know: peaks that the geometry does not explain, shadows that no mask leaves
   * out, a Laue group that the intensities do not have.
   *
   * @return a sentence each, with the number of its sweep; shadows of the sweeps that were reduced
   *     now, not of those that were kept before
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * What each sweep came to.
   *
   * @return in the order they were given
   */
  public List<ReducedSweep> sweeps() {
    return sweeps;
  }

  /**
   * The corrected intensities of the sweeps, indexed alike.
   *
   * @return the stage before scaling, to go on by hand
   */
  public Corrected corrected() {
    return corrected;
  }

  /**
   * The scaling models of the sweeps.
   *
   * @return the stage before merging; empty if no scaling was asked for, or there was nothing to
   *     scale against
   */
  public Optional<Scaled> scaled() {
    return Optional.ofNullable(scaled);
  }

  /**
   * Why the sweeps are not on one scale although that was asked for.
   *
   * @return the reason with its numbers; empty if they are, or it was not asked for
   */
  public Optional<String> notScaled() {
    return Optional.ofNullable(notScaled);
  }

  /**
   * The merged intensities.
   *
   * @return the last stage, with map and statistics
   */
  public MergedSweeps merged() {
    return merged;
  }

  /**
   * The merged intensities as a table.
   *
   * @return one row a voxel of the asymmetric unit
   */
  public HKLTable table() {
    return merged.table();
  }

  /**
   * A map of all that the data reach.
   *
   * @return the map, NaN where nothing was measured
   * @throws IllegalArgumentException if it is too large for memory
   */
  public ReciprocalMap map() {
    return merged.map();
  }

  /**
   * Cell and symmetry.
   *
   * @return those of the first sweep
   */
  public Crystal crystal() {
    return merged.crystal();
  }

  @Override
  public String toString() {
    return "Reduction["
        + sweeps.size()
        + (sweeps.size() == 1 ? " sweep" : " sweeps")
        + (scaled == null ? ", not scaled, " : ", " + scaled + ", ")
        + merged
        + "]";
  }
}
