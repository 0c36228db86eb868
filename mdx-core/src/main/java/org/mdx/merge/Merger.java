package org.mdx.merge;

import java.util.List;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.LaueGroup;
import org.mdx.parallel.Parallel;
import org.mdx.table.EmptyResultException;
import org.mdx.table.HKLTable;
import org.mdx.table.MemoryTables;
import org.mdx.table.TableStore;

/**
 * Merges observations of the same voxel: M = Σ w I/Σ w with w = 1/σ², and σ_M = 1/√Σ w.
 *
 * <p>σ² comes from the counts expected of the voxel where the tables say how ({@link
 * ErrorModel#EXPECTED}), otherwise from the error column.
 *
 * <p>All observations of a voxel must have its index, so tables are mapped to the asymmetric unit
 * before. Rows without a valid intensity and error (not finite, or an error of 0 or less) are left
 * out and counted.
 */
public final class Merger {
  private final MergeOptions options;
  private final boolean[] inverts;
  private final CellTolerance tolerance;

  private Merger(MergeOptions options, boolean[] inverts, CellTolerance tolerance) {
    this.options = options;
    this.inverts = inverts;
    this.tolerance = tolerance;
  }

  /**
   * A merger that does not split by symmetry operator.
   *
   * @param options how to merge
   * @return the merger
   * @throws IllegalArgumentException if the split is {@link Split#FRIEDEL}, which needs operators
   */
  public static Merger of(MergeOptions options) {
    if (options.split() == Split.FRIEDEL) {
      throw new IllegalArgumentException("a Friedel split needs the Laue group");
    }
    return new Merger(options, new boolean[0], CellTolerance.defaults());
  }

  /**
   * A merger that can tell Friedel mates by the operator of each row.
   *
   * @param options how to merge
   * @param laue the Laue group whose operators column {@code op} counts
   * @return the merger
   */
  public static Merger of(MergeOptions options, LaueGroup laue) {
    double[] determinants = new double[laue.order()];
    for (int n = 0; n < determinants.length; n++) {
      determinants[n] = laue.determinant(n);
    }
    return of(options, determinants);
  }

  /**
   * A merger that can tell Friedel mates by the operator of each row.
   *
   * @param options how to merge
   * @param determinants of the operators that column {@code op} counts, in their order; below 0 for
   *     those with an inversion
   * @return the merger
   */
  public static Merger of(MergeOptions options, double... determinants) {
    boolean[] inverts = new boolean[determinants.length];
    for (int i = 0; i < inverts.length; i++) {
      inverts[i] = determinants[i] < 0;
    }
    return new Merger(options, inverts, CellTolerance.defaults());
  }

  /**
   * The same for crystals that may differ more or less.
   *
   * @param other how far the cells that the tables know may differ
   * @return a new merger
   */
  public Merger cellTolerance(CellTolerance other) {
    return new Merger(options, inverts, other);
  }

  /**
   * Merges the observations of one or more tables together.
   *
   * @param tables at least one, of the same subdivision, with the intensity and error columns, and
   *     {@code op} for a Friedel split; with {@code background_variance variance_per_intensity} and
   *     {@code s} for variances of the expected counts
   * @param parallel threads; the result does not depend on them
   * @return the merged table
   * @throws IllegalArgumentException if there is no table, one is given twice, subdivisions or
   *     cells or corrections differ, a column is missing, an operator does not exist, or, with
   *     {@link MergeOptions#strict}, a row is invalid
   * @throws EmptyResultException if not a single observation can be used
   */
  public Merged merge(List<HKLTable> tables, Parallel parallel) {
    MergeInput input = input(new MemoryTables());
    tables.forEach(input::add);
    return input.merge(parallel);
  }

  /**
   * The way to merge tables that are not in memory together, or some of their voxels.
   *
   * @param store an empty store, which keeps what is needed of the tables
   * @return where tables are added, one after the other
   * @throws IllegalArgumentException if the store is not empty
   */
  public MergeInput input(TableStore store) {
    return new MergeInput(options, inverts, tolerance, store);
  }

  /**
   * What each plane of equal H adds to the knowledge of what to expect, where many machines hold
   * planes: all planes together go into {@link #merge(HKLTable, List, Parallel)} on each.
   *
   * @param rows all rows of these planes that any table has, in the order of the tables
   * @param parallel threads; the result does not depend on them
   * @return a sum for each plane, in rising order; empty if the errors decide on weights
   * @throws IllegalArgumentException if a column is missing
   */
  public List<PlaneSums> planeSums(HKLTable rows, Parallel parallel) {
    Observations observations = new Observations(rows, options);
    return observations.model() == ErrorModel.EXPECTED
        ? Shells.planes(observations, rows.groups(), parallel)
        : List.of();
  }

  /**
   * Merges all rows of some planes of equal H. The merged tables of all planes, one behind the
   * other, have the bits that merging everything at once gives.
   *
   * @param rows all rows of these planes that any table has, in the order of the tables
   * @param planes what {@link #planeSums} found for all planes there are
   * @param parallel threads; the result does not depend on them
   * @return the merged voxels of these planes; none of its observations may count
   * @throws IllegalArgumentException if a column is missing or planes are not in rising order
   */
  public Merged merge(HKLTable rows, List<PlaneSums> planes, Parallel parallel) {
    RangeMerger merger = new RangeMerger(options, inverts, parallel);
    for (int i = 0; i < planes.size(); i++) {
      if (i > 0 && planes.get(i).h() <= planes.get(i - 1).h()) {
        throw new IllegalArgumentException(
            planes.get(i) + " behind " + planes.get(i - 1) + ", must be in rising order");
      }
      merger.expect(planes.get(i));
    }
    merger.merge(rows, false);
    return merger.merged();
  }

  @Override
  public String toString() {
    return "Merger[" + options + ", cells within " + tolerance + "]";
  }
}
