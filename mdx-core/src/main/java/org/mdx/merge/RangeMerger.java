package org.mdx.merge;

import java.util.ArrayList;
import java.util.List;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;

/** Merges ranges of voxels in rising order and adds up what became of the rows. */
final class RangeMerger {
  private final MergeOptions options;
  private final boolean[] inverts;
  private final Parallel parallel;
  private final Shells shells = new Shells();
  private final List<HKLTable> done = new ArrayList<>();
  private ErrorModel model = ErrorModel.COUNTED;
  private long rows;
  private long used;
  private long invalid;
  private long outliers;

  RangeMerger(MergeOptions options, boolean[] inverts, Parallel parallel) {
    this.options = options;
    this.inverts = inverts;
    this.parallel = parallel;
  }

  /**
   * Learns from the next range of rows what to expect.
   *
   * @return whether there is something to learn
   */
  boolean lookAt(HKLTable table) {
    Observations observations = new Observations(table, options);
    boolean expected = observations.model() == ErrorModel.EXPECTED;
    if (expected) {
      shells.add(observations, table.groups(), parallel);
    }
    return expected;
  }

  /** Learns what to expect from a plane that lies behind those before. */
  void expect(PlaneSums plane) {
    shells.add(plane);
  }

  /**
   * Merges the next range of rows.
   *
   * @param only whether it is the only one, from which is learned what to expect
   */
  void merge(HKLTable table, boolean only) {
    Observations observations = new Observations(table, options);
    HKLGroups groups = table.groups();
    model = observations.model();
    boolean expected = model == ErrorModel.EXPECTED;
    if (only && expected) {
      shells.add(observations, groups, parallel);
    }
    MergedColumns out = new MergedColumns(groups.count(), options.split() != Split.NONE);
    int blocks = MergedColumns.blocks(groups.count());
    long[][] tally = new long[blocks][];
    parallel.forEach(
        blocks,
        b ->
            tally[b] =
                new GroupMerger(options, inverts, groups, observations, expected ? shells : null)
                    .merge(
                        b * MergedColumns.BLOCK, MergedColumns.blockEnd(b, groups.count()), out));
    for (long[] t : tally) {
      used += t[0];
      invalid += t[1];
      outliers += t[2];
    }
    rows += table.rows();
    done.add(out.toTable(groups, table.ndiv()));
  }

  long rows() {
    return rows;
  }

  long used() {
    return used;
  }

  long invalid() {
    return invalid;
  }

  long outliers() {
    return outliers;
  }

  Merged merged() {
    HKLTable all = done.size() == 1 ? done.get(0) : HKLTable.concatenate(done);
    return new Merged(all, rows, used, invalid, outliers, model);
  }
}
