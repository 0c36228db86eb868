package org.mdx.integrate;

import org.mdx.internal.kernel.VoxelCounts;

/** The voxels of one frame, sorted into ranges of keys; reused from batch to batch. */
final class VoxelList {
  /** First voxel of each range, and the number of voxels at the end. */
  final int[] start;

  /** For each voxel: key + 1, pixels, counts, Σix, Σiy. */
  long[] values = new long[0];

  VoxelList(int ranges) {
    start = new int[ranges + 1];
  }

  void reserve(int voxels) {
    if (values.length < voxels * VoxelCounts.STRIDE) {
      values = new long[Math.multiplyExact(voxels + voxels / 8, VoxelCounts.STRIDE)];
    }
  }
}
