package org.mdx.pipeline;

import org.mdx.crystal.Crystal;
import org.mdx.merge.Merged;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.table.HKLTable;

/** Last stage: merged intensities, their map and their statistics. Immutable. */
public final class MergedSweeps {
  private final Crystal crystal;
  private final Merged merged;
  private final Context context;

  MergedSweeps(Crystal crystal, Merged merged, Context context) {
    this.crystal = crystal;
    this.merged = merged;
    this.context = context;
  }

  /**
   * The merged intensities.
   *
   * @return one row a voxel of the asymmetric unit
   */
  public HKLTable table() {
    return merged.table();
  }

  /**
   * Table and totals.
   *
   * @return what was merged and what was left out
   */
  public Merged merged() {
    return merged;
  }

  /**
   * Statistics in shells of s of the default width.
   *
   * @return one row a shell
   */
  public ShellTable statistics() {
    return statistics(ShellOptions.DEFAULT);
  }

  /**
   * Statistics in shells of s.
   *
   * @param options width or number of the shells, which voxels
   * @return one row a shell
   */
  public ShellTable statistics(ShellOptions options) {
    return ShellStatistics.of(crystal.cell()).compute(merged.table(), options);
  }

  @Override
  public String toString() {
    return merged.toString();
  }
}
