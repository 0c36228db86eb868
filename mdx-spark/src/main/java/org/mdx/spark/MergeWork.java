package org.mdx.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.ErrorModel;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.PlaneSums;
import org.mdx.parallel.Parallel;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;
import org.mdx.table.MemoryTables;
import org.mdx.table.PlaneCounts;

/**
 * What tasks do to merge: each sweep is put on the common scale and cut into ranges of H; each
 * range is merged by itself.
 *
 * @param merging how
 * @param determinants of the Laue group's operators
 * @param ranges first and last H of each range, rising
 * @param threads of a task
 */
record MergeWork(SparkSettings.Merging merging, double[] determinants, int[][] ranges, int threads)
    implements Serializable {

  /** A range of voxels and the rows of one sweep in it. */
  record Slice(int range, TablePart rows) implements Serializable {}

  /** A range's merged voxels and what became of its rows. */
  record MergedRange(TablePart table, long used, long invalid, long outliers, boolean expected)
      implements Serializable {}

  private Merger merger() {
    return Merger.of(merging.options(), determinants);
  }

  /** Where the ranges of about equally many rows lie, of which there are at most so many. */
  static int[][] ranges(PlaneCounts planes, int parts) {
    List<int[]> ranges = new ArrayList<>();
    for (int part = 1; part <= parts; part++) {
      for (PlaneCounts.Range r : planes.ranges(part, parts, Long.MAX_VALUE)) {
        ranges.add(new int[] {r.fromH(), r.toH()});
      }
    }
    return ranges.toArray(int[][]::new);
  }

  /** The rows of a sweep on the common scale, no more of them than merging needs, by ranges. */
  List<Slice> slices(TablePart sweep, byte[] scales) throws IOException {
    HKLTable table = sweep.toTable();
    if (scales != null) {
      try (RemoteFiles files = RemoteFiles.open()) {
        ScalingModel model = Mdx2.readScales(files.of("scales.nxs", scales));
        table = model.apply(table, Parallel.of(threads));
      }
    }
    MemoryTables thin = new MemoryTables();
    merger().input(thin).add(table);
    List<Slice> slices = new ArrayList<>();
    for (int r = 0; r < ranges.length; r++) {
      HKLTable rows = thin.rows(1, ranges[r][0], ranges[r][1]);
      slices.add(new Slice(r, TablePart.of(sweep.sweep(), rows)));
    }
    return slices;
  }

  /** The rows of a range in the order of the sweeps, however they arrived. */
  static HKLTable together(Iterable<Slice> slices) {
    List<TablePart> parts = new ArrayList<>();
    slices.forEach(s -> parts.add(s.rows()));
    parts.sort(Comparator.comparingInt(TablePart::sweep));
    return HKLTable.concatenate(parts.stream().map(TablePart::toTable).toList());
  }

  List<PlaneSums> planeSums(Iterable<Slice> slices) {
    return merger().planeSums(together(slices), Parallel.of(threads));
  }

  MergedRange merge(int range, Iterable<Slice> slices, List<PlaneSums> planes) {
    Merged m = merger().merge(together(slices), planes, Parallel.of(threads));
    return new MergedRange(
        TablePart.of(range, m.table()),
        m.used(),
        m.invalid(),
        m.outliers(),
        m.errorModel() == ErrorModel.EXPECTED);
  }

  @Override
  public String toString() {
    return "MergeWork[" + merging + ", " + ranges.length + " ranges]";
  }
}
