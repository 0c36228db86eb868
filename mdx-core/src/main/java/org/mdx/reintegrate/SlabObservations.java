package org.mdx.reintegrate;

import java.util.Arrays;
import org.mdx.internal.kernel.ScaledCounts;

/**
 * The contribution of one slab of frames to the voxels of a tile, sorted by range. An observation's
 * sums are those of {@link ScaledCounts#TOTALS}.
 */
final class SlabObservations {
  /** Ranges of voxels that are added up independently; fixed, so that they leave no trace. */
  static final int RANGES = 16;

  final int[] start = new int[RANGES + 1];
  long[] voxel = new long[0];
  byte[] group = new byte[0];
  double[] sums = new double[0];

  /** The range of a voxel: neighbouring pages belong to different ones. */
  static int range(long voxel) {
    return (int) (voxel >>> VoxelSums.PAGE_BITS) & (RANGES - 1);
  }

  /**
   * Makes room.
   *
   * @param counts observations of each range
   * @return where the next observation of each range goes
   */
  int[] begin(int[] counts) {
    for (int r = 0; r < RANGES; r++) {
      start[r + 1] = start[r] + counts[r];
    }
    int n = start[RANGES];
    if (voxel.length < n) {
      voxel = new long[n + n / 4];
      group = new byte[voxel.length];
      sums = new double[ScaledCounts.TOTALS * voxel.length];
    }
    return Arrays.copyOf(start, RANGES);
  }
}
