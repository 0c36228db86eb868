package org.mdx.integrate;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.internal.kernel.GroupKernel;

/**
 * Finished observations of one range of keys. Those of one voxel are added in the order of the
 * scan.
 */
final class ObservationList {
  /** How many wait in memory before they go to the scratch together. */
  private static final int WAITING = 1 << 14;

  /** Bytes of an observation in the scratch. */
  private static final long STORED = Long.BYTES + Double.BYTES + 5 * Integer.BYTES;

  /** Where some of them wait in the scratch, in order. */
  private record Stored(long at, int size) {}

  private SpillFile spill;
  private final List<Stored> stored = new ArrayList<>();
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
    if (spill != null && size >= WAITING) {
      store();
    }
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
    if (countSum != (int) countSum || pixelCount > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the values of one observation sum to "
              + countSum
              + " in "
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

  /** Observations in memory, or all of them once they are in order. */
  int size() {
    return order == null ? size : order.length;
  }

  /** Puts what there is, and what will come, into a scratch until it is put in order. */
  void spillTo(SpillFile file) {
    spill = file;
    store();
    resize(0);
  }

  private void store() {
    long at = spill.reserve(STORED * size);
    stored.add(new Stored(at, size));
    at = spill.put(at, key, size);
    at = spill.put(at, phi, size);
    at = spill.put(at, pixels, size);
    at = spill.put(at, counts, size);
    at = spill.put(at, seconds, size);
    at = spill.put(at, iy, size);
    spill.put(at, ix, size);
    size = 0;
  }

  private void fetch() {
    store();
    resize(stored.stream().mapToInt(Stored::size).reduce(0, Math::addExact));
    for (Stored s : stored) {
      long at = s.at();
      at = spill.get(at, key, size, s.size());
      at = spill.get(at, phi, size, s.size());
      at = spill.get(at, pixels, size, s.size());
      at = spill.get(at, counts, size, s.size());
      at = spill.get(at, seconds, size, s.size());
      at = spill.get(at, iy, size, s.size());
      spill.get(at, ix, size, s.size());
      size += s.size();
    }
    stored.clear();
  }

  /**
   * Puts the observations in order of key and scan and numbers those of each voxel; chunks of
   * mdx2's are joined.
   */
  void finish(ObservationRule rule) {
    if (spill != null) {
      fetch();
    }
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
      long voxel = rule.voxel(key[order[from]]);
      double least = Double.POSITIVE_INFINITY;
      int to = from;
      while (to < size && rule.voxel(key[order[to]]) == voxel) {
        least = Math.min(least, phi[order[to++]]);
      }
      int[] rows = Arrays.copyOfRange(order, from, to);
      int[] numbers = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        numbers[i] = rule.number(phi[rows[i]], least);
      }
      sort(numbers, rows);
      for (int i = 0; i < rows.length; kept++) {
        int end = i + 1;
        while (end < rows.length && numbers[end] == numbers[i]) {
          end++;
        }
        join(rows, i, end);
        order[kept] = rows[i];
        n[kept] = numbers[i];
        key[rows[i]] = voxel;
        i = end;
      }
      from = to;
    }
    order = Arrays.copyOf(order, kept);
  }

  /**
   * Sorts the few chunks of a voxel by rising number. Those of one number keep their order: tile by
   * tile, each in the order of the scan.
   */
  private static void sort(int[] numbers, int[] rows) {
    for (int i = 1; i < rows.length; i++) {
      int number = numbers[i];
      int row = rows[i];
      int at = i;
      for (; at > 0 && numbers[at - 1] > number; at--) {
        numbers[at] = numbers[at - 1];
        rows[at] = rows[at - 1];
      }
      numbers[at] = number;
      rows[at] = row;
    }
  }

  /** Adds some chunks up in the place of the first. */
  private void join(int[] rows, int from, int to) {
    if (to - from == 1) {
      return;
    }
    long p = 0;
    long c = 0;
    double s = 0;
    double f = 0;
    double y = 0;
    double x = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      p += pixels[row];
      c += counts[row];
      s += seconds[row];
      f += pixels[row] * phi[row];
      y += (double) pixels[row] * iy[row];
      x += (double) pixels[row] * ix[row];
    }
    requireRoomFor(p, c);
    int into = rows[from];
    pixels[into] = (int) p;
    counts[into] = (int) c;
    seconds[into] = (float) s;
    phi[into] = f / p;
    iy[into] = (float) (y / p);
    ix[into] = (float) (x / p);
  }

  /** Writes the finished observations to rows from {@code at} on and gives up the memory. */
  void copyInto(Columns into, int at) {
    int[] scratch = new int[4];
    for (int i = 0; i < order.length; i++) {
      int from = order[i];
      into.setKey(at + i, key[from], scratch);
      into.n[at + i] = n[i];
      into.pixels[at + i] = pixels[from];
      into.values[at + i] = counts[from];
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
