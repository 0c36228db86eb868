package org.mdx.merge;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.LaueGroup;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;

/**
 * Merges observations of the same voxel: M = Σ w I/Σ w with w = 1/σ², and σ_M = 1/√Σ w.
 *
 * <p>All observations of a voxel must have its index, so tables are mapped to the asymmetric unit
 * before. Rows without a valid intensity and error (not finite, or an error of 0 or less) are left
 * out and counted.
 */
public final class Merger {
  private static final String OP = "op";

  private final MergeOptions options;
  private final boolean[] inverts;

  private Merger(MergeOptions options, boolean[] inverts) {
    this.options = options;
    this.inverts = inverts;
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
    return new Merger(options, new boolean[0]);
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
    return new Merger(options, inverts);
  }

  /**
   * Merges the observations of one or more tables together.
   *
   * @param tables at least one, of the same subdivision, with the intensity and error columns, and
   *     {@code op} for a Friedel split
   * @param parallel threads; the result does not depend on them
   * @return the merged table
   * @throws IllegalArgumentException if there is no table, subdivisions differ, a column is
   *     missing, an operator does not exist, or, with {@link MergeOptions#strict}, a row is invalid
   */
  public Merged merge(List<HKLTable> tables, Parallel parallel) {
    HKLTable all = join(tables);
    boolean friedel = options.split() == Split.FRIEDEL;
    Column intensity = all.column(options.intensity());
    Column error = all.column(options.error());
    Column op = friedel ? all.column(OP) : null;
    checkRows(all, tables, intensity, error, op);
    HKLGroups groups = all.groups();
    MergedColumns out = new MergedColumns(groups.count(), options.split() != Split.NONE);
    int blocks = (int) ((groups.count() + MergedColumns.BLOCK - 1L) / MergedColumns.BLOCK);
    long[][] tally = new long[blocks][];
    parallel.forEach(
        blocks,
        b -> {
          int from = b * MergedColumns.BLOCK;
          int to = (int) Math.min((long) from + MergedColumns.BLOCK, groups.count());
          tally[b] =
              new GroupMerger(options, inverts, groups, intensity, error, op).merge(from, to, out);
        });
    long used = 0;
    long invalid = 0;
    long outliers = 0;
    for (long[] t : tally) {
      used += t[0];
      invalid += t[1];
      outliers += t[2];
    }
    return new Merged(out.toTable(groups, all.ndiv()), all.rows(), used, invalid, outliers);
  }

  /** One table with no more columns than are needed. */
  private HKLTable join(List<HKLTable> tables) {
    List<HKLTable> thin = new ArrayList<>();
    for (HKLTable t : tables) {
      HKLTable slim = HKLTable.of(t.ndiv(), t.h(), t.k(), t.l());
      slim = slim.with(options.intensity(), t.column(options.intensity()));
      slim = slim.with(options.error(), t.column(options.error()));
      thin.add(options.split() == Split.FRIEDEL ? slim.with(OP, t.column(OP)) : slim);
    }
    return thin.size() == 1 ? thin.get(0) : HKLTable.concatenate(thin);
  }

  private void checkRows(
      HKLTable all, List<HKLTable> tables, Column intensity, Column error, Column op) {
    for (int row = 0; row < all.rows(); row++) {
      if (options.strict() && !GroupMerger.isValid(intensity.get(row), error.get(row))) {
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
}
