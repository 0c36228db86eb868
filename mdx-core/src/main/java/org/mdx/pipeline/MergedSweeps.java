package org.mdx.pipeline;

import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.crystal.Crystal;
import org.mdx.expand.MapOptions;
import org.mdx.expand.Mapper;
import org.mdx.map.ReciprocalMap;
import org.mdx.merge.MergeInput;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.MergePart;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.RedundancyTable;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.table.ColumnNames;
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

  /** Merges tables, with what a Friedel split needs. */
  static MergedSweeps merge(
      Crystal crystal,
      List<HKLTable> tables,
      UnaryOperator<MergeOptions> options,
      Context context) {
    MergeOptions o =
        options.apply(
            ReductionOptions.standard(context.conventions())
                .combination()
                .merging()
                .conventions(context.conventions()));
    Merger merger =
        Merger.of(o, crystal.spaceGroup().laueGroup()).cellTolerance(context.tolerance());
    return new MergedSweeps(crystal, merge(merger, tables, context), context);
  }

  private static Merged merge(Merger merger, List<HKLTable> tables, Context context) {
    if (!context.isSpilling()) {
      return merger.merge(tables, context.parallel());
    }
    MergeInput input = merger.input(context.scratch().tables());
    tables.forEach(input::add);
    MergePart all = MergePart.whole(tables.size()).mostRows(context.scratch().rowsAtATime());
    return input.merge(all, context.parallel());
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
   * Cell and symmetry.
   *
   * @return those of the first sweep
   */
  public Crystal crystal() {
    return crystal;
  }

  /**
   * How far a map must reach to hold all that was measured.
   *
   * @return limits in h, k and l
   */
  public MapReach reach() {
    return MapReach.of(merged.table(), crystal.cell());
  }

  /**
   * A dense map of all that was measured, expanded by the Laue group.
   *
   * @return the map, NaN where nothing was measured
   * @throws IllegalArgumentException if the map is too large for memory
   */
  public ReciprocalMap map() {
    return map(reach().options());
  }

  /**
   * A dense map, expanded by the Laue group.
   *
   * @param options region and column
   * @return the map, NaN where nothing was measured
   * @throws IllegalArgumentException if the map is too large for memory, the column is missing, or
   *     nothing was measured in the region
   */
  public ReciprocalMap map(MapOptions options) {
    return Mapper.of(options)
        .map(merged.table(), crystal.spaceGroup().laueGroup(), context.parallel());
  }

  /**
   * A dense map of the merged intensities, expanded by the Laue group.
   *
   * @param h1 smallest h
   * @param h2 largest h
   * @param k1 smallest k
   * @param k2 largest k
   * @param l1 smallest l
   * @param l2 largest l
   * @return the map, NaN where nothing was measured
   * @throws IllegalArgumentException if a range is empty, the map is too large for memory, or
   *     nothing was measured in the region
   */
  public ReciprocalMap map(double h1, double h2, double k1, double k2, double l1, double l2) {
    return map(MapOptions.defaults().limits(h1, h2, k1, k2, l1, l2));
  }

  /**
   * Statistics in shells of s of the default width.
   *
   * @return one row a shell
   */
  public ShellTable statistics() {
    return statistics(ShellOptions.defaults());
  }

  /**
   * Statistics in shells of s.
   *
   * @param options width or number of the shells, which voxels
   * @return one row a shell
   */
  public ShellTable statistics(ShellOptions options) {
    return shellStatistics().compute(merged.table(), options);
  }

  /**
   * Statistics in shells of s, and the correlation with another measurement.
   *
   * @param other a merged table of the same subdivision and symmetry
   * @param options width or number of the shells, which voxels
   * @return one row a shell
   * @throws IllegalArgumentException if subdivisions differ or the other table has no intensity
   */
  public ShellTable statistics(HKLTable other, ShellOptions options) {
    return shellStatistics().compare(merged.table(), other, options);
  }

  /**
   * How many observations the voxels have, in shells of s.
   *
   * @param options width or number of the shells, which voxels
   * @return one row a shell, and a histogram
   */
  public RedundancyTable redundancy(ShellOptions options) {
    return shellStatistics().redundancy(merged.table(), options);
  }

  /**
   * The isotropic average of the merged intensities.
   *
   * @param options trim and width of the average
   * @return the average as a function of s
   */
  public IsotropicAverage isotropic(ShellOptions options) {
    return shellStatistics().isotropic(merged.table(), ColumnNames.INTENSITY, options);
  }

  /**
   * The merged table without its isotropic average.
   *
   * @param options trim and width of the average
   * @return the table with column {@code intensity_anisotropic} in addition
   */
  public HKLTable anisotropic(ShellOptions options) {
    return shellStatistics().withAnisotropic(merged.table(), options);
  }

  /**
   * Statistics of the crystal's tables, to compute any others.
   *
   * @return statistics that know cell and space group
   */
  public ShellStatistics shellStatistics() {
    return ShellStatistics.of(crystal.cell(), crystal.spaceGroup()).parallel(context.parallel());
  }

  @Override
  public String toString() {
    return merged.toString();
  }
}
