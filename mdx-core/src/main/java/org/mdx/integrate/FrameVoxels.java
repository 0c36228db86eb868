package org.mdx.integrate;

import java.util.Arrays;
import org.mdx.internal.kernel.VoxelCounts;

/**
 * The voxels that one frame touches, one of them perhaps in parts; reused from frame to frame. An
 * index that told which parts are of one voxel would not fit into a cache, and {@link
 * OpenObservations} adds them up as it adds up frames.
 */
final class FrameVoxels {
  private static final int STRIDE = VoxelCounts.STRIDE;

  private final VoxelCounts counts;

  FrameVoxels(int widest) {
    counts = new VoxelCounts(widest, false);
  }

  /** Begins a panel: the row above belongs to another one and is forgotten. */
  void beginPanel() {
    counts.forgetAbove();
  }

  /** Adds a row of pixels: values, marked where a pixel does not count. */
  void addRow(int[] pixels, int from, int n, double[] keys, int iy) {
    int runs = counts.cut(pixels, from, n, keys);
    if (!counts.reserve(runs)) {
      throw new IllegalArgumentException(
          "one frame touches more than " + counts.size() + " voxels; subdivide more coarsely");
    }
    counts.find(runs, keys);
    counts.add(runs, pixels, from, iy);
    counts.endRow();
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
    int size = counts.size();
    Arrays.fill(next, 0);
    for (int i = 0; i < size; i++) {
      next[range(counts.get(i, 0), rangeWidth) + 1]++;
    }
    for (int r = 0; r < ranges; r++) {
      next[r + 1] += next[r];
    }
    into.reserve(size);
    for (int i = 0; i < size; i++) {
      int place = next[range(counts.get(i, 0), rangeWidth)]++;
      counts.copy(i, into.values, place * STRIDE);
    }
    // each start has moved to the end of its range: shift them back
    System.arraycopy(next, 0, next, 1, ranges);
    next[0] = 0;
    counts.clear();
  }

  private static int range(long stored, double rangeWidth) {
    return (int) ((stored - 1) / rangeWidth);
  }
}
