package org.mdx.reintegrate;

import java.util.Arrays;
import org.mdx.internal.kernel.ScaledCounts;
import org.mdx.internal.kernel.VoxelCounts;

/** The voxels that the frames of one slab touch, with their sums; reused from slab to slab. */
final class SlabVoxels {
  private static final int SUMS = ScaledCounts.SUMS;

  private final VoxelCounts counts;
  private double[] sums;

  SlabVoxels(int widest) {
    counts = new VoxelCounts(widest);
    sums = new double[SUMS * counts.capacity()];
  }

  /** Forgets the row above, which the next row does not lie below. */
  void forgetAbove() {
    counts.forgetAbove();
  }

  /** Adds a row of pixels: values, marked where a pixel does not count. */
  void addRow(int[] pixels, int from, int n, double[] keys, int iy, ScaledCounts.Row row) {
    int runs = counts.cut(pixels, from, n, keys);
    if (!counts.reserve(runs)) {
      throw new IllegalArgumentException(
          "one slab touches more than "
              + size()
              + " voxels; make the maximum spread smaller or subdivide more coarsely");
    }
    int before = size();
    counts.find(runs, keys);
    if (sums.length < SUMS * counts.capacity()) {
      sums = Arrays.copyOf(sums, SUMS * counts.capacity());
    }
    Arrays.fill(sums, before * SUMS, size() * SUMS, 0);
    counts.add(runs, pixels, from, iy);
    ScaledCounts.addRuns(runs, counts, pixels, from, row, sums);
    counts.endRow();
  }

  /** Number of voxels. */
  int size() {
    return counts.size();
  }

  /** Key of a voxel. */
  long key(int voxel) {
    return counts.get(voxel, 0) - 1;
  }

  /** Pixels of a voxel. */
  long pixels(int voxel) {
    return counts.get(voxel, 1);
  }

  /** Counts of a voxel. */
  long counts(int voxel) {
    return counts.get(voxel, 2);
  }

  /** Mean column of a voxel's pixels. */
  double ix(int voxel) {
    return (double) counts.get(voxel, 3) / pixels(voxel);
  }

  /** Mean row of a voxel's pixels. */
  double iy(int voxel) {
    return (double) counts.get(voxel, 4) / pixels(voxel);
  }

  /** Σ seconds·ΩTEP·a·b·d. */
  double scale(int voxel) {
    return sums[voxel * SUMS];
  }

  /** Σ seconds·(rate + c·a·d·ΩTEP). */
  double background(int voxel) {
    return sums[voxel * SUMS + 1];
  }

  /** Reciprocal cells that the pixels have swept. */
  double multiplicity(int voxel) {
    return sums[voxel * SUMS + 2];
  }

  /** Σ seconds. */
  double seconds(int voxel) {
    return sums[voxel * SUMS + 3];
  }

  /** Begins a new slab. */
  void clear() {
    counts.clear();
  }
}
