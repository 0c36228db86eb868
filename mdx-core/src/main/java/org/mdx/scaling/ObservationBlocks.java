package org.mdx.scaling;

import java.io.Serializable;
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
import org.mdx.table.TableCorrections;

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
  final Facts facts;

  private ObservationBlocks(Blocks blocks, Facts facts) {
    this.blocks = blocks;
    this.facts = facts;
  }

  /**
   * What is known of all observations besides themselves.
   *
   * @param ranges of the coordinates, of each sweep
   * @param marks by which each sweep is known again
   * @param panels of the detector
   * @param rows given
   * @param invalid of them
   * @param used those that take part
   */
  record Facts(
      List<SweepVoxels.Ranges> ranges,
      List<SweepMark> marks,
      int panels,
      long rows,
      long invalid,
      long used) {

    static Facts of(List<SweepMark> marks, long used, SweepVoxels... sweeps) {
      return new Facts(
          Arrays.stream(sweeps).map(v -> v.ranges).toList(),
          List.copyOf(marks),
          ObservationBlocks.panels(sweeps),
          Arrays.stream(sweeps).mapToLong(v -> v.rows).sum(),
          Arrays.stream(sweeps).mapToLong(v -> v.invalid).sum(),
          used);
    }

    long singletons() {
      return rows - invalid - used;
    }
  }

  /**
   * How the voxels of all sweeps are cut into blocks.
   *
   * @param panels whether observations tell their panel
   * @param expected whether variances follow the expected intensity
   * @param from key of each block's first voxel, rising
   * @param to key that is beyond each block's last voxel
   * @param shapes of the blocks
   */
  record Cut(boolean panels, boolean expected, long[] from, long[] to, Blocks.Shape[] shapes)
      implements Serializable {

    /**
     * Cuts the voxels of sweeps.
     *
     * @param sweeps their voxels, which get numbers
     */
    static Cut of(SweepVoxels... sweeps) {
      long[] all = union(sweeps);
      int[] count = count(all, sweeps);
      number(0, count, sweeps);
      return allocate(all, cut(count), sweeps);
    }

    long observations() {
      return Arrays.stream(shapes).mapToLong(Blocks.Shape::size).sum();
    }

    /** Some of the blocks, without observations as yet. */
    Blocks blocks(int first, int end, ByteStore store) {
      Blocks blocks = new Blocks(panels, expected, store);
      for (int b = first; b < end; b++) {
        blocks.add(shapes[b]);
      }
      return blocks;
    }

    /** Puts the observations of one sweep into blocks, which begin with a given one. */
    void fill(
        Blocks blocks,
        int first,
        int sweep,
        SweepRows rows,
        SweepVoxels voxels,
        Parallel parallel) {
      parallel.forEach(
          blocks.count(),
          b -> blocks.fill(b, sweep, (at, block) -> fill(first + at, block, sweep, rows, voxels)));
    }

    private void fill(int number, Block block, int sweep, SweepRows rows, SweepVoxels voxels) {
      int group = voxels.lowerBound(from[number]);
      int end = voxels.lowerBound(to[number]);
      int n = voxels.count(group, end);
      int room = block.start[sweep + 1] - block.start[sweep];
      if (n != room) {
        throw new IllegalStateException(
            "table " + sweep + " had " + room + " observations in a range of voxels and has " + n);
      }
      rows.fill(block, sweep, voxels, group, end);
    }

    /**
     * Some of the blocks with their observations.
     *
     * @param tables of each sweep, or the rows of them that are in the blocks
     */
    Blocks filled(int first, int end, List<HKLTable> tables, Parallel parallel) {
      SweepRows[] rows = new SweepRows[tables.size()];
      SweepVoxels[] sweeps = new SweepVoxels[rows.length];
      parallel.forEach(
          rows.length,
          t -> {
            rows[t] = new SweepRows(tables.get(t), Conventions.STANDARD);
            sweeps[t] = rows[t].voxels();
          });
      number(shapes[first].firstVoxel(), count(union(sweeps), sweeps), sweeps);
      Blocks blocks = blocks(first, end, null);
      for (int t = 0; t < rows.length; t++) {
        fill(blocks, first, t, rows[t], sweeps[t], parallel);
      }
      return blocks;
    }
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
    List<Optional<TableCorrections>> corrections =
        new ArrayList<>(Collections.nCopies(n, Optional.empty()));
    List<Optional<UnitCell>> cells = new ArrayList<>(Collections.nCopies(n, Optional.empty()));
    (keep ? parallel : Parallel.of(1))
        .forEach(
            n,
            t -> {
              HKLTable table = sources.get(t).get();
              marks[t] = SweepMark.of(table);
              cells.set(t, TableCells.of(table));
              backgrounds.set(t, TableBackgrounds.of(table));
              corrections.set(t, table.corrections());
              SweepRows rows = new SweepRows(table, conventions);
              sweeps[t] = rows.voxels();
              kept[t] = keep ? rows : null;
            });
    requireAlike(List.of(marks), cells, backgrounds, tolerance, sweeps);
    TableCorrections.requireAlike(corrections);
    Cut cut = Cut.of(sweeps);
    Blocks blocks = cut.blocks(0, cut.shapes.length, store);
    for (int t = 0; t < n; t++) {
      SweepRows rows = keep ? kept[t] : new SweepRows(sources.get(t).get(), conventions);
      cut.fill(blocks, 0, t, rows, sweeps[t], parallel);
      kept[t] = null;
    }
    return new ObservationBlocks(blocks, Facts.of(List.of(marks), cut.observations(), sweeps));
  }

  /** Refuses sweeps that do not go together. */
  static void requireAlike(
      List<SweepMark> marks,
      List<Optional<UnitCell>> cells,
      List<Optional<Boolean>> backgrounds,
      CellTolerance tolerance,
      SweepVoxels... sweeps) {
    requireAlike(sweeps);
    requireDistinct(marks.toArray(SweepMark[]::new));
    TableCells.requireAlike(cells, tolerance);
    TableBackgrounds.requireAlike(backgrounds);
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

  private static long[] union(SweepVoxels... sweeps) {
    long[] all = new long[0];
    for (SweepVoxels sweep : sweeps) {
      all = VoxelKeys.union(all, sweep.key);
    }
    return all;
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

  /** Numbers the voxels that have more than one observation. */
  private static void number(int first, int[] count, SweepVoxels... sweeps) {
    int[] compact = new int[count.length];
    int voxels = first;
    for (int v = 0; v < count.length; v++) {
      compact[v] = count[v] > 1 ? voxels++ : -1;
    }
    for (SweepVoxels sweep : sweeps) {
      for (int g = 0; g < sweep.number.length; g++) {
        sweep.number[g] = compact[sweep.number[g]];
      }
    }
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

  /** Blocks of the right sizes where there are observations. */
  private static Cut allocate(long[] all, int[] first, SweepVoxels... sweeps) {
    List<Blocks.Shape> shapes = new ArrayList<>();
    long[] fromKey = new long[first.length];
    long[] toKey = new long[first.length];
    int voxels = 0;
    for (int b = 0; b + 1 < first.length; b++) {
      long key = all[first[b]];
      long end = first[b + 1] < all.length ? all[first[b + 1]] : Long.MAX_VALUE;
      int[] start = new int[sweeps.length + 1];
      int last = voxels;
      for (int t = 0; t < sweeps.length; t++) {
        int from = sweeps[t].lowerBound(key);
        int to = sweeps[t].lowerBound(end);
        start[t + 1] = start[t] + sweeps[t].count(from, to);
        for (int g = from; g < to; g++) {
          last = Math.max(last, sweeps[t].number[g] + 1);
        }
      }
      if (start[sweeps.length] > 0) {
        fromKey[shapes.size()] = key;
        toKey[shapes.size()] = end;
        shapes.add(new Blocks.Shape(voxels, last - voxels, start));
      }
      voxels = last;
    }
    int n = shapes.size();
    return new Cut(
        panels(sweeps) > 1,
        haveVariances(sweeps),
        Arrays.copyOf(fromKey, n),
        Arrays.copyOf(toKey, n),
        shapes.toArray(Blocks.Shape[]::new));
  }
}
