package org.mdx.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Conventions;
import org.mdx.internal.kernel.VoxelKeys;
import org.mdx.parallel.Parallel;
import org.mdx.scale.SweepMark;
import org.mdx.table.ByteStore;
import org.mdx.table.HKLTable;
import org.mdx.table.TableBackgrounds;
import org.mdx.table.TableCells;

/**
 * The observations of several sweeps, gathered by voxel into blocks that fit into a core's cache.
 * The blocks depend on the data alone, never on the number of threads.
 */
final class ObservationBlocks {
  /** Observations of a block, unless a single voxel has more. */
  private static final int BLOCK = 1 << 14;

  private static final int VOXELS = 1 << 16;

  /** Tables of fewer rows can be alike by chance. */
  private static final int FEW = 100;

  final Blocks blocks;
  final SweepVoxels[] sweeps;

  /** Number of voxels that take part. */
  final int voxels;

  final int panels;

  /** Whether variances follow the expected intensity. */
  final boolean expected;

  /** By which each sweep is known again. */
  final List<SweepMark> marks;

  final long rows;
  final long invalid;
  final long singletons;

  ObservationBlocks(Blocks blocks, SweepVoxels[] sweeps, int voxels, List<SweepMark> marks) {
    this.marks = marks;
    this.blocks = blocks;
    this.sweeps = sweeps;
    this.voxels = voxels;
    panels = panels(sweeps);
    expected = haveVariances(sweeps);
    rows = Arrays.stream(sweeps).mapToLong(v -> v.rows).sum();
    invalid = Arrays.stream(sweeps).mapToLong(v -> v.invalid).sum();
    singletons = rows - invalid - blocks.observations();
  }

  private static int panels(SweepVoxels... sweeps) {
    return Arrays.stream(sweeps).mapToInt(v -> v.panels).max().orElse(1);
  }

  private static boolean haveVariances(SweepVoxels... sweeps) {
    return Arrays.stream(sweeps).allMatch(v -> v.hasVariances);
  }

  /**
   * Gathers tables.
   *
   * @param sources one for each sweep
   * @param keep whether all tables may be in memory at a time; otherwise each is asked for twice
   *     and let go of
   * @param conventions whose; they say whether errors count as they are
   * @param tolerance how far the cells of the tables may differ
   * @param store where the observations are kept, null for memory
   * @param parallel threads
   * @throws IllegalArgumentException if subdivisions or cells differ or a column is missing
   */
  static ObservationBlocks gather(
      List<Supplier<HKLTable>> sources,
      boolean keep,
      Conventions conventions,
      CellTolerance tolerance,
      ByteStore store,
      Parallel parallel) {
    int n = sources.size();
    SweepRows[] kept = new SweepRows[n];
    SweepVoxels[] sweeps = new SweepVoxels[n];
    SweepMark[] marks = new SweepMark[n];
    List<Optional<Boolean>> backgrounds = new ArrayList<>(Collections.nCopies(n, Optional.empty()));
    List<Optional<UnitCell>> cells = new ArrayList<>(Collections.nCopies(n, Optional.empty()));
    (keep ? parallel : Parallel.of(1))
        .forEach(
            n,
            t -> {
              HKLTable table = sources.get(t).get();
              marks[t] = SweepMark.of(table);
              cells.set(t, TableCells.of(table));
              backgrounds.set(t, TableBackgrounds.of(table));
              SweepRows rows = new SweepRows(table, conventions);
              sweeps[t] = rows.voxels();
              kept[t] = keep ? rows : null;
            });
    requireAlike(sweeps);
    requireDistinct(marks);
    TableCells.requireAlike(cells, tolerance);
    TableBackgrounds.requireAlike(backgrounds);
    long[] all = new long[0];
    for (SweepVoxels sweep : sweeps) {
      all = VoxelKeys.union(all, sweep.key);
    }
    int[] count = count(all, sweeps);
    int voxels = number(count, sweeps);
    int[] first = cut(count);
    int[][] groups = new int[first.length][n];
    for (int b = 0; b < first.length; b++) {
      for (int t = 0; t < n; t++) {
        groups[b][t] =
            first[b] < all.length ? sweeps[t].lowerBound(all[first[b]]) : sweeps[t].key.length;
      }
    }
    Blocks blocks = new Blocks(panels(sweeps) > 1, haveVariances(sweeps), store);
    int[] cuts = allocate(blocks, groups, sweeps);
    for (int t = 0; t < n; t++) {
      SweepRows rows = keep ? kept[t] : new SweepRows(sources.get(t).get(), conventions);
      SweepVoxels sweep = sweeps[t];
      int number = t;
      parallel.forEach(
          blocks.count(),
          b ->
              blocks.fill(
                  b,
                  number,
                  (at, block) ->
                      rows.fill(
                          block,
                          number,
                          sweep,
                          groups[cuts[at]][number],
                          groups[cuts[at] + 1][number])));
      kept[t] = null;
    }
    return new ObservationBlocks(blocks, sweeps, voxels, List.of(marks));
  }

  private static void requireDistinct(SweepMark... marks) {
    for (int i = 0; i < marks.length; i++) {
      for (int j = 0; j < i; j++) {
        if (marks[i].observations() >= FEW && marks[i].equals(marks[j])) {
          throw new IllegalArgumentException(
              "tables "
                  + j
                  + " and "
                  + i
                  + " hold the same "
                  + marks[i]
                  + ": a measurement that is given twice counts twice; give each sweep once");
        }
      }
    }
  }

  private static void requireAlike(SweepVoxels... sweeps) {
    for (SweepVoxels sweep : sweeps) {
      if (!sweep.ndiv.equals(sweeps[0].ndiv)) {
        throw new IllegalArgumentException(
            "tables subdivided "
                + sweeps[0].ndiv
                + " and "
                + sweep.ndiv
                + " have no voxels in common");
      }
    }
  }

  /** Valid observations of each voxel in all sweeps. */
  private static int[] count(long[] all, SweepVoxels... sweeps) {
    int[] count = new int[all.length];
    for (SweepVoxels sweep : sweeps) {
      VoxelKeys.places(all, sweep.key, sweep.number);
      for (int g = 0; g < sweep.number.length; g++) {
        count[sweep.number[g]] += sweep.valid[g];
      }
    }
    return count;
  }

  /** Numbers the voxels that have more than one observation; returns how many there are. */
  private static int number(int[] count, SweepVoxels... sweeps) {
    int[] compact = new int[count.length];
    int voxels = 0;
    for (int v = 0; v < count.length; v++) {
      compact[v] = count[v] > 1 ? voxels++ : -1;
    }
    for (SweepVoxels sweep : sweeps) {
      for (int g = 0; g < sweep.number.length; g++) {
        sweep.number[g] = compact[sweep.number[g]];
      }
    }
    return voxels;
  }

  /** Cuts the voxels of all sweeps into blocks by their observations. */
  private static int[] cut(int[] count) {
    int[] first = new int[count.length + 1];
    int blocks = 0;
    long size = 0;
    for (int v = 0; v < count.length; v++) {
      boolean full = size + count[v] > BLOCK || v - first[blocks] >= VOXELS;
      if (full && v > first[blocks]) {
        first[++blocks] = v;
        size = 0;
      }
      size += count[v];
    }
    if (count.length > 0) {
      first[++blocks] = count.length;
    }
    return Arrays.copyOf(first, blocks + 1);
  }

  /** Blocks of the right sizes where there are observations; which range of groups each is. */
  private static int[] allocate(Blocks blocks, int[][] groups, SweepVoxels... sweeps) {
    int[] cuts = new int[groups.length];
    int voxels = 0;
    for (int b = 0; b + 1 < groups.length; b++) {
      int[] start = new int[sweeps.length + 1];
      int last = voxels;
      for (int t = 0; t < sweeps.length; t++) {
        int from = groups[b][t];
        int to = groups[b + 1][t];
        start[t + 1] = start[t] + sweeps[t].count(from, to);
        for (int g = from; g < to; g++) {
          last = Math.max(last, sweeps[t].number[g] + 1);
        }
      }
      if (start[sweeps.length] > 0) {
        cuts[blocks.count()] = b;
        blocks.add(new Blocks.Shape(voxels, last - voxels, start));
      }
      voxels = last;
    }
    return cuts;
  }
}
