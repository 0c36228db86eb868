package org.mdx.internal.kernel;

import java.util.Arrays;

/**
 * Stable order of rows by three integer keys (h, k, l), and where a new key begins.
 *
 * <p>Rows are first counted into lines of equal (h, k), then each line, short enough for the cache,
 * is ordered by l. Memory goes with rows and lines, not with the volume of the box. Where the lines
 * would outnumber the rows by far, a radix sort takes their place.
 */
public final class GroupKernel {
  private static final int DIGIT = 1 << 16;

  /** A line whose range of l exceeds this many times its rows is sorted by comparison. */
  private static final int SPARSE = 16;

  private GroupKernel() {}

  /**
   * Smallest and largest value.
   *
   * @param v one value or more
   * @return {smallest, largest}
   */
  public static int[] range(int[] v) {
    int lo = v[0];
    int hi = v[0];
    for (int x : v) {
      lo = Math.min(lo, x);
      hi = Math.max(hi, x);
    }
    return new int[] {lo, hi};
  }

  /**
   * Counts rows by line c = (h − h0)·nk + (k − k0).
   *
   * @param h first key of each row
   * @param k second key of each row
   * @param origin smallest h and k
   * @param nk number of values of k
   * @param start zeros, one more than lines; becomes the place of each line's first row
   */
  public static void countPencils(int[] h, int[] k, int[] origin, int nk, int[] start) {
    int h0 = origin[0];
    int k0 = origin[1];
    for (int i = 0; i < h.length; i++) {
      start[(h[i] - h0) * nk + (k[i] - k0) + 1]++;
    }
    for (int c = 1; c < start.length; c++) {
      start[c] += start[c - 1];
    }
  }

  /**
   * Writes (l − l0)·2³² + row to each row's line, rows rising within a line.
   *
   * @param h first key of each row
   * @param k second key of each row
   * @param l third key of each row
   * @param origin smallest h, k and l
   * @param nk number of values of k
   * @param cursor the lines' first places; becomes their ends
   * @param packed as many as rows; filled
   */
  public static void scatter(
      int[] h, int[] k, int[] l, int[] origin, int nk, int[] cursor, long[] packed) {
    int h0 = origin[0];
    int k0 = origin[1];
    int l0 = origin[2];
    for (int i = 0; i < h.length; i++) {
      packed[cursor[(h[i] - h0) * nk + (k[i] - k0)]++] = ((long) (l[i] - l0) << 32) | i;
    }
  }

  /**
   * Orders one line by l and notes where a new l begins.
   *
   * @param packed from {@link #scatter}
   * @param from first place of the line
   * @param to behind its last place
   * @param count zeros, as many as values of l; zeros again afterwards
   * @param order rows in order; filled from {@code from} to {@code to}
   * @param start first place of each group; filled from {@code group}
   * @param group groups so far
   * @return groups now
   */
  public static int orderPencil(
      long[] packed, int from, int to, int[] count, int[] order, int[] start, int group) {
    int lo = Integer.MAX_VALUE;
    int hi = 0;
    for (int i = from; i < to; i++) {
      int l = (int) (packed[i] >>> 32);
      lo = Math.min(lo, l);
      hi = Math.max(hi, l);
    }
    if (hi - lo > (long) SPARSE * (to - from)) {
      return comparePencil(packed, from, to, order, start, group);
    }
    for (int i = from; i < to; i++) {
      count[(int) (packed[i] >>> 32)]++;
    }
    int g = group;
    int at = from;
    for (int l = lo; l <= hi; l++) {
      int n = count[l];
      if (n > 0) {
        start[g++] = at;
        count[l] = at;
        at += n;
      }
    }
    for (int i = from; i < to; i++) {
      order[count[(int) (packed[i] >>> 32)]++] = (int) packed[i];
    }
    Arrays.fill(count, lo, hi + 1, 0);
    return g;
  }

  private static int comparePencil(
      long[] packed, int from, int to, int[] order, int[] start, int group) {
    Arrays.sort(packed, from, to);
    int g = group;
    for (int i = from; i < to; i++) {
      order[i] = (int) packed[i];
      if (i == from || packed[i] >>> 32 != packed[i - 1] >>> 32) {
        start[g++] = i;
      }
    }
    return g;
  }

  /**
   * One stable pass of a radix sort, by 16 bits of key − key0.
   *
   * @param key of each row
   * @param key0 smallest key
   * @param shift which bits, 0 or 16
   * @param from rows in their present order
   * @param to rows in the order of these bits; filled
   */
  public static void radixPass(int[] key, int key0, int shift, int[] from, int[] to) {
    int[] cursor = new int[DIGIT + 1];
    for (int row : from) {
      cursor[(((key[row] - key0) >>> shift) & (DIGIT - 1)) + 1]++;
    }
    for (int c = 1; c < cursor.length; c++) {
      cursor[c] += cursor[c - 1];
    }
    for (int row : from) {
      to[cursor[((key[row] - key0) >>> shift) & (DIGIT - 1)]++] = row;
    }
  }

  /**
   * Where a new key begins in sorted rows.
   *
   * @param h first key of each row
   * @param k second key of each row
   * @param l third key of each row
   * @param order rows in order
   * @param start first place of each group; filled
   * @return number of groups
   */
  public static int heads(int[] h, int[] k, int[] l, int[] order, int[] start) {
    int g = 0;
    for (int i = 0; i < order.length; i++) {
      int a = order[i];
      int b = order[Math.max(i - 1, 0)];
      if (i == 0 || h[a] != h[b] || k[a] != k[b] || l[a] != l[b]) {
        start[g++] = i;
      }
    }
    return g;
  }
}
