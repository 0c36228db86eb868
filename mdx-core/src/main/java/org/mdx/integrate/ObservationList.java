package org.mdx.integrate;

import java.util.Arrays;

/**
 * Finished observations of one range of keys. Those of one voxel are added in the order of the
 * scan.
 */
final class ObservationList {
  private int size;
  private long[] key = new long[0];
  private int[] n = new int[0];
  private int[] pixels = new int[0];
  private int[] counts = new int[0];
  private float[] seconds = new float[0];
  private float[] phi = new float[0];
  private float[] iy = new float[0];
  private float[] ix = new float[0];

  void add(
      long voxel,
      int number,
      long pixelCount,
      long countSum,
      float secondsSum,
      float phiMean,
      float iyMean,
      float ixMean) {
    if (countSum > Integer.MAX_VALUE || pixelCount > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "one observation holds "
              + countSum
              + " counts in "
              + pixelCount
              + " pixels, more than a column can hold; subdivide more finely or allow less spread");
    }
    if (size == key.length) {
      grow();
    }
    key[size] = voxel;
    n[size] = number;
    pixels[size] = (int) pixelCount;
    counts[size] = (int) countSum;
    seconds[size] = secondsSum;
    phi[size] = phiMean;
    iy[size] = iyMean;
    ix[size] = ixMean;
    size++;
  }

  private void grow() {
    int room = Math.max(1024, size + size / 4);
    key = Arrays.copyOf(key, room);
    n = Arrays.copyOf(n, room);
    pixels = Arrays.copyOf(pixels, room);
    counts = Arrays.copyOf(counts, room);
    seconds = Arrays.copyOf(seconds, room);
    phi = Arrays.copyOf(phi, room);
    iy = Arrays.copyOf(iy, room);
    ix = Arrays.copyOf(ix, room);
  }

  int size() {
    return size;
  }

  /**
   * Writes the observations in order of key and scan, and gives up the memory.
   *
   * @param numbered whether the stored numbers hold; otherwise the observations of a voxel are
   *     numbered in their order
   * @param into receives the rows from {@code at} on
   * @param at first row
   */
  void sortInto(boolean numbered, Columns into, int at) {
    int[] order = order();
    for (int i = 0; i < size; i++) {
      int from = order[i];
      into.setKey(at + i, key[from]);
      into.pixels[at + i] = pixels[from];
      into.counts[at + i] = counts[from];
      into.seconds[at + i] = seconds[from];
      into.phi[at + i] = phi[from];
      into.iy[at + i] = iy[from];
      into.ix[at + i] = ix[from];
      boolean sameVoxel = i > 0 && key[order[i - 1]] == key[from];
      into.n[at + i] = numbered ? n[from] : sameVoxel ? into.n[at + i - 1] + 1 : 0;
    }
    size = 0;
    grow();
  }

  /** Rows by rising key, rows of one key in their order: key and row share a long to be sorted. */
  private int[] order() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, key[i]);
      most = Math.max(most, key[i]);
    }
    int rowBits = 32 - Integer.numberOfLeadingZeros(Math.max(size - 1, 1));
    if (size > 0 && Long.numberOfLeadingZeros(most - least) <= rowBits) {
      throw new IllegalArgumentException(
          "the voxels of this sweep span " + (most - least) + " places; subdivide more coarsely");
    }
    long[] keyed = new long[size];
    for (int i = 0; i < size; i++) {
      keyed[i] = (key[i] - least) << rowBits | i;
    }
    Arrays.sort(keyed);
    int[] order = new int[size];
    int mask = (1 << rowBits) - 1;
    for (int i = 0; i < size; i++) {
      order[i] = (int) keyed[i] & mask;
    }
    return order;
  }
}
