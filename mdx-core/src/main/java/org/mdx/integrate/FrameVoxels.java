package org.mdx.integrate;

import java.util.Arrays;
import org.mdx.internal.kernel.VoxelCounts;

/** The voxels that one frame touches; reused from frame to frame. */
final class FrameVoxels {
  private static final int STRIDE = VoxelCounts.STRIDE;

  private int bits = 12;
  private long[] table = new long[STRIDE << bits];
  private int[] used = new int[1 << bits];
  private int size;

  /** Adds a row of pixels, see {@link VoxelCounts#addRow}. */
  void addRow(int[] pixels, int from, int n, double[] keys, int iy) {
    reserve(n);
    size = VoxelCounts.addRow(pixels, from, n, keys, iy, table, 64 - bits, used, size);
  }

  /** Makes room for n more voxels at a load of at most a half. */
  private void reserve(int n) {
    int wanted = bits;
    while ((long) size + n > 1L << (wanted - 1)) {
      wanted++;
    }
    if (wanted == bits) {
      return;
    }
    if ((long) STRIDE << wanted > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "one frame touches more than " + size + " voxels; use a coarser subdivision");
    }
    long[] larger = new long[STRIDE << wanted];
    used = Arrays.copyOf(used, 1 << wanted);
    VoxelCounts.rehash(table, used, size, larger, 64 - wanted);
    table = larger;
    bits = wanted;
  }

  /**
   * Takes the voxels out, sorted into ranges of keys, and empties the table.
   *
   * @param rangeWidth keys a range
   * @param into receives the voxels of range r between start[r] and start[r + 1]
   */
  void drainTo(double rangeWidth, VoxelList into) {
    int ranges = into.start.length - 1;
    int[] next = into.start;
    Arrays.fill(next, 0);
    for (int i = 0; i < size; i++) {
      next[range(table[used[i]], rangeWidth) + 1]++;
    }
    for (int r = 0; r < ranges; r++) {
      next[r + 1] += next[r];
    }
    into.reserve(size);
    for (int i = 0; i < size; i++) {
      int at = used[i];
      int place = next[range(table[at], rangeWidth)]++;
      System.arraycopy(table, at, into.values, place * STRIDE, STRIDE);
      table[at] = 0;
      table[at + 1] = 0;
      table[at + 2] = 0;
      table[at + 3] = 0;
      table[at + 4] = 0;
    }
    // each start has moved to the end of its range: shift them back
    System.arraycopy(next, 0, next, 1, ranges);
    next[0] = 0;
    size = 0;
  }

  private static int range(long stored, double rangeWidth) {
    return (int) ((stored - 1) / rangeWidth);
  }
}
