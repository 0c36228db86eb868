package org.mdx.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.LaueGroup;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.EmptyResultException;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.TableCells;

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
  /** Tables of fewer rows can be alike by chance. */
  private static final int FEW = 100;

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
   *     cells differ, a column is missing, an operator does not exist, or, with {@link
   *     MergeOptions#strict}, a row is invalid
   * @throws EmptyResultException if not a single observation can be used
   */
  public Merged merge(List<HKLTable> tables, Parallel parallel) {
    requireDistinct(tables);
    TableCells.requireAlike(tables.stream().map(TableCells::of).toList(), tolerance);
    Observations observations = Observations.of(tables, options);
    HKLTable all = observations.table;
    checkRows(observations, tables);
    HKLGroups groups = all.groups();
    boolean expected = observations.model() == ErrorModel.EXPECTED;
    Shells shells = expected ? Shells.of(observations, groups, parallel) : null;
    MergedColumns out = new MergedColumns(groups.count(), options.split() != Split.NONE);
    int blocks = MergedColumns.blocks(groups.count());
    long[][] tally = new long[blocks][];
    parallel.forEach(
        blocks,
        b ->
            tally[b] =
                new GroupMerger(options, inverts, groups, observations, shells)
                    .merge(
                        b * MergedColumns.BLOCK, MergedColumns.blockEnd(b, groups.count()), out));
    long used = 0;
    long invalid = 0;
    long outliers = 0;
    for (long[] t : tally) {
      used += t[0];
      invalid += t[1];
      outliers += t[2];
    }
    if (used == 0) {
      throw new EmptyResultException(
          "nothing to merge: of "
              + all.rows()
              + " observations in "
              + tables.size()
              + (tables.size() == 1 ? " table " : " tables ")
              + invalid
              + " are invalid ("
              + options.intensity()
              + " or its error not finite, or the error not above 0) and "
              + outliers
              + " are outliers; look at exposures, background and scaling models");
    }
    return new Merged(
        out.toTable(groups, all.ndiv()), all.rows(), used, invalid, outliers, observations.model());
  }

  /** Refuses a table that is given twice; a few equal rows prove nothing. */
  private void requireDistinct(List<HKLTable> tables) {
    Map<Long, Integer> seen = new HashMap<>();
    for (int i = 0; i < tables.size() && tables.size() > 1; i++) {
      HKLTable t = tables.get(i);
      if (t.rows() < FEW || !t.has(options.intensity()) || !t.has(options.error())) {
        continue;
      }
      Integer before = seen.putIfAbsent(t.fingerprint(options.intensity(), options.error()), i);
      if (before != null) {
        throw new IllegalArgumentException(
            "tables "
                + before
                + " and "
                + i
                + " hold the same "
                + t.rows()
                + " intensities: a measurement that is given twice counts twice in every"
                + " redundancy; give each sweep once");
      }
    }
  }

  private void checkRows(Observations observations, List<HKLTable> tables) {
    HKLTable all = observations.table;
    Column intensity = observations.intensity;
    Column error = observations.error;
    Column op = observations.op;
    for (int row = 0; row < all.rows(); row++) {
      if (options.strict() && !observations.isValid(row)) {
        throw new IllegalArgumentException(
            place(all, tables, row)
                + ": "
                + options.intensity()
                + "="
                + intensity.get(row)
                + " "
                + options.error()
                + "="
                + error.get(row)
                + variances(observations, row)
                + ", the intensity must be finite and its error finite and above 0; merge without"
                + " strict to leave such rows out");
      }
      if (op != null && !(op.get(row) >= 0 && op.get(row) < inverts.length)) {
        throw new IllegalArgumentException(
            place(all, tables, row)
                + ": op="
                + op.get(row)
                + ", the Laue group has operators 0 to "
                + (inverts.length - 1)
                + "; give the group that the tables were mapped with");
      }
    }
  }

  private static String variances(Observations observations, int row) {
    return observations.model() == ErrorModel.COUNTED
        ? ""
        : " variances=" + observations.v0.get(row) + "," + observations.v1.get(row);
  }

  private static String place(HKLTable all, List<HKLTable> tables, int row) {
    int table = 0;
    int at = row;
    while (at >= tables.get(table).rows()) {
      at -= tables.get(table++).rows();
    }
    return "table "
        + table
        + " row "
        + at
        + " (H,K,L = "
        + all.h().value(row)
        + ","
        + all.k().value(row)
        + ","
        + all.l().value(row)
        + ")";
  }

  @Override
  public String toString() {
    return "Merger[" + options + ", cells within " + tolerance + "]";
  }
}
