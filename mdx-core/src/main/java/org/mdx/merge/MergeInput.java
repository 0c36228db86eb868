package org.mdx.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.EmptyResultException;
import org.mdx.table.HKLTable;
import org.mdx.table.PlaneCounts;
import org.mdx.table.TableBackgrounds;
import org.mdx.table.TableCells;
import org.mdx.table.TableCorrections;
import org.mdx.table.TableStore;

/**
 * Tables on their way into a merge. Each is checked when it is added, and only what merging needs
 * of it goes into a store, from which ranges of H are merged one after the other. The result does
 * not depend on the store or on the ranges.
 */
public final class MergeInput {
  /** Tables of fewer rows can be alike by chance. */
  private static final int FEW = 100;

  /** So many rows, spread over a table, are looked at to know it again. */
  private static final int PROBES = 4096;

  private final MergeOptions options;
  private final boolean[] inverts;
  private final CellTolerance tolerance;
  private final TableStore store;
  private final Map<Long, Integer> seen = new HashMap<>();
  private final List<Optional<UnitCell>> cells = new ArrayList<>();
  private final List<Optional<Boolean>> backgrounds = new ArrayList<>();
  private final List<Optional<TableCorrections>> corrections = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();

  MergeInput(MergeOptions options, boolean[] inverts, CellTolerance tolerance, TableStore store) {
    if (store.tables() > 0) {
      throw new IllegalArgumentException(
          "the store holds " + store.tables() + " tables already, must be empty");
    }
    this.options = options;
    this.inverts = inverts;
    this.tolerance = tolerance;
    this.store = store;
  }

  /**
   * Adds the next table.
   *
   * @param table with the intensity and error columns, and {@code op} for a Friedel split; with
   *     {@code background_variance variance_per_intensity} and {@code s} for variances of the
   *     expected counts
   * @throws IllegalArgumentException if it was given before, its subdivision or cell differs from
   *     those before, it alone had a background subtracted or alone had not, it was corrected with
   *     other options, a column is missing, an operator does not exist, or, with {@link
   *     MergeOptions#strict}, a row is invalid
   * @throws java.io.UncheckedIOException if the store cannot take it
   */
  public void add(HKLTable table) {
    requireNew(table);
    cells.add(TableCells.of(table));
    TableCells.requireAlike(cells, tolerance);
    backgrounds.add(TableBackgrounds.of(table));
    TableBackgrounds.requireAlike(backgrounds);
    corrections.add(table.corrections());
    TableCorrections.requireAlike(corrections);
    HKLTable thin = Observations.thin(table, options);
    checkRows(new Observations(thin, options));
    store.add(thin);
    rows.add((long) table.rows());
  }

  /**
   * The number of tables added so far.
   *
   * @return 0 or more
   */
  public int tables() {
    return rows.size();
  }

  /**
   * Merges all that was added.
   *
   * @param parallel threads; the result does not depend on them
   * @return the merged table
   * @throws IllegalArgumentException if there is no table
   * @throws EmptyResultException if not a single observation can be used
   */
  public Merged merge(Parallel parallel) {
    return merge(MergePart.whole(tables()), parallel);
  }

  /**
   * Merges some of what was added.
   *
   * @param part which tables and which voxels
   * @param parallel threads; the result does not depend on them
   * @return the merged table of these voxels; all rows of the tables were looked at for the
   *     variances to expect
   * @throws IllegalArgumentException if there is no table
   * @throws EmptyResultException if not a single observation can be used; a part without voxels, of
   *     more parts than there are planes, is a table without rows
   */
  public Merged merge(MergePart part, Parallel parallel) {
    if (part.tables() < 1 || part.tables() > tables()) {
      throw new IllegalArgumentException(
          "merging " + part.tables() + " tables of " + tables() + ", must be 1 to " + tables());
    }
    RangeMerger merger = new RangeMerger(options, inverts, parallel);
    if (part.isWhole()) {
      merger.merge(store.rows(part.tables(), Integer.MIN_VALUE, Integer.MAX_VALUE), true);
    } else {
      mergeByRanges(merger, part);
    }
    boolean nothingToDo = part.of() > 1 && merger.rows() == 0;
    if (merger.used() == 0 && !nothingToDo) {
      throw new EmptyResultException(nothing(merger, part));
    }
    return merger.merged();
  }

  private void mergeByRanges(RangeMerger merger, MergePart part) {
    PlaneCounts planes = store.planes(part.tables());
    for (PlaneCounts.Range r : planes.ranges(1, 1, part.mostRows())) {
      if (!merger.lookAt(store.rows(part.tables(), r.fromH(), r.toH()))) {
        break;
      }
    }
    List<PlaneCounts.Range> own = planes.ranges(part.number(), part.of(), part.mostRows());
    for (PlaneCounts.Range r : own) {
      merger.merge(store.rows(part.tables(), r.fromH(), r.toH()), false);
    }
    if (own.isEmpty() && part.of() > 1) {
      merger.merge(store.rows(part.tables(), 1, 0), false); // a table without rows
    }
  }

  private String nothing(RangeMerger merger, MergePart part) {
    return "nothing to merge: of "
        + merger.rows()
        + " observations in "
        + part.tables()
        + (part.tables() == 1 ? " table " : " tables ")
        + merger.invalid()
        + " are invalid ("
        + options.intensity()
        + " or its error not finite, or the error not above 0) and "
        + merger.outliers()
        + " are outliers; look at exposures, background and scaling models";
  }

  /** Refuses a table that is given twice; a few equal rows prove nothing. */
  private void requireNew(HKLTable t) {
    if (t.rows() < FEW || !t.has(options.intensity()) || !t.has(options.error())) {
      return;
    }
    Integer before = seen.putIfAbsent(probe(t), tables());
    if (before != null) {
      throw new IllegalArgumentException(
          "tables "
              + before
              + " and "
              + tables()
              + " hold the same "
              + t.rows()
              + " intensities: a measurement that is given twice counts twice in every"
              + " redundancy; give each sweep once");
    }
  }

  /** A number by which a table is known again, from intensities and errors of some of its rows. */
  private long probe(HKLTable t) {
    int step = Math.max(1, t.rows() / PROBES);
    int[] rows = new int[(t.rows() - 1) / step + 1];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * step;
    }
    return 31L * t.rows()
        + Observations.thin(t, options)
            .select(rows)
            .fingerprint(options.intensity(), options.error());
  }

  private void checkRows(Observations observations) {
    Column op = observations.op;
    for (int row = 0; row < observations.table.rows(); row++) {
      if (options.strict() && !observations.isValid(row)) {
        throw new IllegalArgumentException(
            place(observations.table, row)
                + ": "
                + options.intensity()
                + "="
                + observations.intensity.get(row)
                + " "
                + options.error()
                + "="
                + observations.error.get(row)
                + variances(observations, row)
                + ", the intensity must be finite and its error finite and above 0; merge without"
                + " strict to leave such rows out");
      }
      if (op != null && !(op.get(row) >= 0 && op.get(row) < inverts.length)) {
        throw new IllegalArgumentException(
            place(observations.table, row)
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

  private String place(HKLTable table, int row) {
    return "table "
        + tables()
        + " row "
        + row
        + " (H,K,L = "
        + table.h().value(row)
        + ","
        + table.k().value(row)
        + ","
        + table.l().value(row)
        + ")";
  }

  @Override
  public String toString() {
    return "MergeInput[" + tables() + " tables, " + options + "]";
  }
}
