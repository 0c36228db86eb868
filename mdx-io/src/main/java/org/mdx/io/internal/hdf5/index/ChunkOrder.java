package org.mdx.io.internal.hdf5.index;

import java.util.Arrays;

/**
 * How array and implicit indices count chunks: as if the dataset had its greatest shape, and with
 * an axis without limit outermost, so that a growing dataset keeps its numbers (H5Dearray.c,
 * H5Dfarray.c and H5Dnone.c of the HDF5 library; the specification does not tell).
 */
final class ChunkOrder {
  private final long[] counts;
  private final long[] most;
  private final int[] axes;

  /**
   * The order of a dataset's chunks.
   *
   * @param counts chunks along each axis as the dataset is now
   * @param greatest lengths of the axes that it can grow to, {@link Long#MAX_VALUE} without limit
   * @param chunk lengths of a chunk's axes
   */
  ChunkOrder(long[] counts, long[] greatest, int[] chunk) {
    int rank = counts.length;
    this.counts = counts;
    this.most = new long[rank];
    this.axes = new int[rank];
    int first = 0;
    for (int a = 0; a < rank; a++) {
      most[a] = greatest[a] == 0 ? 0 : (greatest[a] - 1) / chunk[a] + 1;
      first = greatest[a] == Long.MAX_VALUE ? a : first;
      if (most[a] < counts[a]) {
        throw new IllegalArgumentException(
            "an axis of " + counts[a] + " chunks that can have " + most[a]);
      }
    }
    int n = 0;
    if (rank > 0) {
      axes[n++] = first;
    }
    for (int a = 0; a < rank; a++) {
      if (a != first) {
        axes[n++] = a;
      }
    }
    if (first > 0 && Arrays.stream(greatest).filter(g -> g == Long.MAX_VALUE).count() > 1) {
      throw new IllegalArgumentException("an array of chunks with several axes without limit");
    }
  }

  /** The number in the grid of the chunk with a place in the index; −1 outside the dataset. */
  long number(long index) {
    long[] scaled = new long[axes.length];
    long rest = index;
    for (int k = axes.length - 1; k >= 0; k--) {
      int a = axes[k];
      scaled[a] = k == 0 ? rest : rest % most[a];
      rest = k == 0 ? 0 : rest / most[a];
      if (scaled[a] >= counts[a]) {
        return -1;
      }
    }
    long number = 0;
    for (int a = 0; a < axes.length; a++) {
      number = number * counts[a] + scaled[a];
    }
    return number;
  }

  /** The place in the index of the chunk with a number in the grid. */
  long index(long number) {
    long[] scaled = new long[axes.length];
    long rest = number;
    for (int a = axes.length - 1; a >= 0; a--) {
      scaled[a] = rest % counts[a];
      rest /= counts[a];
    }
    long index = 0;
    for (int k = 0; k < axes.length; k++) {
      int a = axes[k];
      index = k == 0 ? scaled[a] : Math.addExact(Math.multiplyExact(index, most[a]), scaled[a]);
    }
    return index;
  }
}
