package org.mdx.internal.kernel;

import java.util.Arrays;

/** Voxels as single numbers whose order is that of (H, K, L). */
public final class VoxelKeys {
  private static final int BITS = 21;
  private static final int HALF = 1 << (BITS - 1);

  private VoxelKeys() {}

  /**
   * The number of a voxel.
   *
   * @param h H
   * @param k K
   * @param l L
   * @return 21 bits of each
   * @throws IllegalArgumentException if an index is beyond ±1048575
   */
  public static long pack(int h, int k, int l) {
    if (((h + HALF) | (k + HALF) | (l + HALF)) >>> BITS != 0) {
      throw new IllegalArgumentException(
          "voxel " + h + ", " + k + ", " + l + " is beyond " + (HALF - 1) + " on an axis");
    }
    return (long) (h + HALF) << 2 * BITS | (long) (k + HALF) << BITS | (l + HALF);
  }

  /**
   * The voxels that are in either of two lists.
   *
   * @param a rising
   * @param b rising
   * @return a new list, rising
   */
  public static long[] union(long[] a, long[] b) {
    long[] out = new long[Math.addExact(a.length, b.length)];
    int i = 0;
    int j = 0;
    int n = 0;
    while (i < a.length && j < b.length) {
      long x = a[i];
      long y = b[j];
      out[n++] = Math.min(x, y);
      i += x <= y ? 1 : 0;
      j += y <= x ? 1 : 0;
    }
    while (i < a.length) {
      out[n++] = a[i++];
    }
    while (j < b.length) {
      out[n++] = b[j++];
    }
    return Arrays.copyOf(out, n);
  }

  /**
   * Where the voxels of one list are in another.
   *
   * @param all rising, holds every voxel of the part
   * @param part rising
   * @param place of each voxel of the part in all; filled
   */
  public static void places(long[] all, long[] part, int[] place) {
    int j = 0;
    for (int i = 0; i < part.length; i++) {
      while (all[j] < part[i]) {
        j++;
      }
      place[i] = j;
    }
  }
}
