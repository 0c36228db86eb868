package org.mdx.integrate;

import java.util.Arrays;
import org.mdx.internal.kernel.VoxelCounts;

/** The voxels that one frame touches; reused from frame to frame. */
final class FrameVoxels {
  private static final int STRIDE = VoxelCounts.STRIDE;

  private int bits = 12;
  private long[] index = new long[1 << bits];
  private long[] list = new long[STRIDE << (bits - 2)];
  private int size;

  private final int[] begin;
  private final long[] sums;
  private final int[] missed;
  private RowRuns row;
  private RowRuns above;

  /** What a row leaves for the next one to look at. */
  private static final class RowRuns {
    private final int[] runOf;
    private final long[] key;
    private final int[] place;

    RowRuns(int widest) {
      runOf = new int[widest];
      key = new long[widest];
      place = new int[widest];
    }
  }

  FrameVoxels(int widest) {
    begin = new int[widest + 1];
    sums = new long[widest + 1];
    missed = new int[widest + 1];
    row = new RowRuns(widest);
    above = new RowRuns(widest);
  }

  /** Begins a panel: the row above belongs to another one and is forgotten. */
  void beginPanel() {
    Arrays.fill(above.runOf, 0);
    above.key[0] = -1;
  }

  /** Adds a row of pixels: values, marked where a pixel does not count. */
  void addRow(int[] pixels, int from, int n, double[] keys, int iy) {
    int runs = VoxelCounts.runs(pixels, from, n, keys, begin, sums, row.runOf);
    reserve(runs);
    size =
        VoxelCounts.find(
            runs,
            begin,
            sums,
            keys,
            above.runOf,
            above.key,
            above.place,
            list,
            index,
            64 - bits,
            size,
            row.key,
            row.place,
            missed);
    VoxelCounts.addRuns(runs, begin, sums, row.place, pixels, from, iy, list);
    RowRuns swap = above;
    above = row;
    row = swap;
  }

  /** Makes room for n more voxels at a load of at most a quarter. */
  private void reserve(int n) {
    int wanted = bits;
    while ((long) size + n > 1L << (wanted - 2)) {
      wanted++;
    }
    if (wanted == bits) {
      return;
    }
    if (wanted > 28) {
      throw new IllegalArgumentException(
          "one frame touches more than " + size + " voxels; subdivide more coarsely");
    }
    bits = wanted;
    list = Arrays.copyOf(list, STRIDE << (bits - 2));
    index = new long[1 << bits];
    VoxelCounts.index(list, size, index, 64 - bits);
  }

  /**
   * Takes the voxels out, sorted into ranges of keys.
   *
   * @param rangeWidth keys a range
   * @param into receives the voxels of range r between start[r] and start[r + 1]
   */
  void drainTo(double rangeWidth, VoxelList into) {
    int ranges = into.start.length - 1;
    int[] next = into.start;
    Arrays.fill(next, 0);
    for (int i = 0; i < size; i++) {
      next[range(list[i * STRIDE], rangeWidth) + 1]++;
    }
    for (int r = 0; r < ranges; r++) {
      next[r + 1] += next[r];
    }
    into.reserve(size);
    for (int i = 0; i < size; i++) {
      int place = next[range(list[i * STRIDE], rangeWidth)]++;
      System.arraycopy(list, i * STRIDE, into.values, place * STRIDE, STRIDE);
    }
    // each start has moved to the end of its range: shift them back
    System.arraycopy(next, 0, next, 1, ranges);
    next[0] = 0;
    size = 0;
    Arrays.fill(index, 0);
  }

  private static int range(long stored, double rangeWidth) {
    return (int) ((stored - 1) / rangeWidth);
  }
}
