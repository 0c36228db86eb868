package org.mdx.reintegrate;

import java.util.Arrays;
import org.mdx.internal.kernel.ScaledCounts;
import org.mdx.internal.kernel.VoxelCounts;

/** The voxels that the frames of one slab touch, with their sums; reused from slab to slab. */
final class SlabVoxels {
  private static final int STRIDE = VoxelCounts.STRIDE;
  private static final int SUMS = ScaledCounts.SUMS;

  private int bits = 12;
  private long[] index = new long[1 << bits];
  private long[] list = new long[STRIDE << (bits - 2)];
  private double[] sums = new double[SUMS << (bits - 2)];
  private int size;

  private final int[] begin;
  private final long[] counted;
  private final int[] missed;
  private int[] runOf;
  private long[] key;
  private int[] place;
  private int[] aboveRunOf;
  private long[] aboveKey;
  private int[] abovePlace;

  SlabVoxels(int widest) {
    begin = new int[widest + 1];
    counted = new long[widest + 1];
    missed = new int[widest + 1];
    runOf = new int[widest];
    key = new long[widest];
    place = new int[widest];
    aboveRunOf = new int[widest];
    aboveKey = new long[widest];
    abovePlace = new int[widest];
  }

  /** Forgets the row above, which the next row does not lie below. */
  void forgetAbove() {
    Arrays.fill(aboveRunOf, 0);
    aboveKey[0] = -1;
  }

  /** Adds a row of pixels: values, marked where a pixel does not count. */
  void addRow(
      int[] pixels,
      int from,
      int n,
      double[] keys,
      int iy,
      double[] scale,
      double[] background,
      double[] multiplicity,
      double seconds) {
    int runs = VoxelCounts.runs(pixels, from, n, keys, begin, counted, runOf);
    reserve(runs);
    int before = size;
    size =
        VoxelCounts.find(
            runs,
            begin,
            counted,
            keys,
            aboveRunOf,
            aboveKey,
            abovePlace,
            list,
            index,
            64 - bits,
            size,
            key,
            place,
            missed);
    Arrays.fill(sums, before * SUMS, size * SUMS, 0);
    VoxelCounts.addRuns(runs, begin, counted, place, pixels, from, iy, list);
    ScaledCounts.addRuns(
        runs, begin, counted, place, pixels, from, scale, background, multiplicity, seconds, sums);
    swapRows();
  }

  private void swapRows() {
    int[] r = aboveRunOf;
    aboveRunOf = runOf;
    runOf = r;
    long[] k = aboveKey;
    aboveKey = key;
    key = k;
    int[] p = abovePlace;
    abovePlace = place;
    place = p;
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
          "one slab touches more than "
              + size
              + " voxels; make the maximum spread smaller or subdivide more coarsely");
    }
    bits = wanted;
    list = Arrays.copyOf(list, STRIDE << (bits - 2));
    sums = Arrays.copyOf(sums, SUMS << (bits - 2));
    index = new long[1 << bits];
    VoxelCounts.index(list, size, index, 64 - bits);
  }

  /** Number of voxels. */
  int size() {
    return size;
  }

  /** Key of a voxel. */
  long key(int voxel) {
    return list[voxel * STRIDE] - 1;
  }

  /** Pixels of a voxel. */
  long pixels(int voxel) {
    return list[voxel * STRIDE + 1];
  }

  /** Counts of a voxel. */
  long counts(int voxel) {
    return list[voxel * STRIDE + 2];
  }

  /** Mean column of a voxel's pixels. */
  double ix(int voxel) {
    return (double) list[voxel * STRIDE + 3] / pixels(voxel);
  }

  /** Mean row of a voxel's pixels. */
  double iy(int voxel) {
    return (double) list[voxel * STRIDE + 4] / pixels(voxel);
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
    size = 0;
    Arrays.fill(index, 0);
  }
}
