package org.mdx.integrate;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import org.mdx.internal.kernel.GroupKernel;

/**
 * Finished observations of one range of keys. Those of one voxel are added in the order of the
 * scan.
 */
final class ObservationList {
  private int size;
  private long[] key = new long[0];
  private int[] pixels = new int[0];
  private int[] counts = new int[0];
  private float[] seconds = new float[0];
  private double[] phi = new double[0];
  private float[] iy = new float[0];
  private float[] ix = new float[0];

  /** Rows in the order of the result, and their numbers n, once sorted. */
  private int[] order;

  private int[] n;

  void add(
      long voxel,
      long pixelCount,
      long countSum,
      float secondsSum,
      double phiMean,
      float iyMean,
      float ixMean) {
    requireRoomFor(pixelCount, countSum);
    if (size == key.length) {
      resize(Math.max(1024, size + size / 4));
    }
    key[size] = voxel;
    pixels[size] = (int) pixelCount;
    counts[size] = (int) countSum;
    seconds[size] = secondsSum;
    phi[size] = phiMean;
    iy[size] = iyMean;
    ix[size] = ixMean;
    size++;
  }

  private static void requireRoomFor(long pixelCount, long countSum) {
    if (countSum > Integer.MAX_VALUE || pixelCount > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "one observation holds "
              + countSum
              + " counts in "
              + pixelCount
              + " pixels, more than a column can hold; subdivide more finely or allow less spread");
    }
  }

  private void resize(int room) {
    key = Arrays.copyOf(key, room);
    pixels = Arrays.copyOf(pixels, room);
    counts = Arrays.copyOf(counts, room);
    seconds = Arrays.copyOf(seconds, room);
    phi = Arrays.copyOf(phi, room);
    iy = Arrays.copyOf(iy, room);
    ix = Arrays.copyOf(ix, room);
  }

  int size() {
    return order == null ? size : order.length;
  }

  /**
   * Puts the observations in order of key and scan and numbers those of each voxel; chunks of
   * mdx2's are joined.
   */
  void finish(ObservationRule rule) {
    order = order();
    n = new int[size];
    if (rule.chunked()) {
      joinChunks(rule);
      return;
    }
    for (int i = 1; i < size; i++) {
      n[i] = key[order[i]] == key[order[i - 1]] ? n[i - 1] + 1 : 0;
    }
  }

  /** Rows by rising key, rows of one key in their order. */
  private int[] order() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, key[i]);
      most = Math.max(most, key[i]);
    }
    return most - least <= Integer.MAX_VALUE ? orderByDigits(least) : orderByComparison();
  }

  private int[] orderByDigits(long least) {
    int[] keys = new int[size];
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      keys[i] = (int) (key[i] - least);
      rows[i] = i;
    }
    int[] between = new int[size];
    GroupKernel.radixPass(keys, 0, 0, rows, between);
    GroupKernel.radixPass(keys, 0, 16, between, rows);
    return rows;
  }

  private int[] orderByComparison() {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = i;
    }
    IntArrays.mergeSort(rows, (a, b) -> Long.compare(key[a], key[b]));
    return rows;
  }

  private void joinChunks(ObservationRule rule) {
    int kept = 0;
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && key[order[to]] == key[order[from]]) {
        to++;
      }
      int[] rows = Arrays.copyOfRange(order, from, to);
      // observations are numbered by rising angle, whichever way the scan went
      double least = phi[rows[rule.rising() ? 0 : rows.length - 1]];
      int begin = kept;
      for (int i = 0; i < rows.length; i++) {
        int row = rows[rule.rising() ? i : rows.length - 1 - i];
        int number = rule.number(phi[row], least);
        if (kept > begin && n[kept - 1] == number) {
          join(order[kept - 1], row);
        } else {
          order[kept] = row;
          n[kept++] = number;
        }
      }
      from = to;
    }
    order = Arrays.copyOf(order, kept);
  }

  private void join(int into, int row) {
    long p = (long) pixels[into] + pixels[row];
    long c = (long) counts[into] + counts[row];
    requireRoomFor(p, c);
    double a = (double) pixels[into] / p;
    double b = (double) pixels[row] / p;
    phi[into] = a * phi[into] + b * phi[row];
    iy[into] = (float) (a * iy[into] + b * iy[row]);
    ix[into] = (float) (a * ix[into] + b * ix[row]);
    seconds[into] += seconds[row];
    pixels[into] = (int) p;
    counts[into] = (int) c;
  }

  /** Writes the finished observations to rows from {@code at} on and gives up the memory. */
  void copyInto(Columns into, int at) {
    int[] scratch = new int[4];
    for (int i = 0; i < order.length; i++) {
      int from = order[i];
      into.setKey(at + i, key[from], scratch);
      into.n[at + i] = n[i];
      into.pixels[at + i] = pixels[from];
      into.counts[at + i] = counts[from];
      into.seconds[at + i] = seconds[from];
      into.phi[at + i] = (float) phi[from];
      into.iy[at + i] = iy[from];
      into.ix[at + i] = ix[from];
    }
    resize(0);
    order = null;
    size = 0;
  }
}
