package org.mdx.bragg.internal.kernel;

/**
 * A bit for each pixel of a panel, in rows of whole words: the bit of column ix of row iy is bit ix
 * mod 64 of word iy·words + ix/64. Bits beyond the width are 0.
 */
public final class BitRows {
  private BitRows() {}

  /**
   * Words of a row.
   *
   * @param width columns
   * @return ⌈width/64⌉
   */
  public static int words(int width) {
    return (width + Long.SIZE - 1) / Long.SIZE;
  }

  /**
   * Erodes: a bit stays if all bits of its panel within a Chebyshev distance are set. What lies
   * beyond the panel counts as set. Does not check.
   *
   * @param bits of the panel; overwritten
   * @param width columns
   * @param height rows
   * @param radius the distance, 0 to 63
   * @param scratch as many words
   */
  public static void erode(long[] bits, int width, int height, int radius, long[] scratch) {
    int words = words(width);
    long beyond = width % Long.SIZE == 0 ? 0 : -1L << width;
    for (int at = 0; at < height * words; at += words) {
      erodeRow(bits, at, words, radius, beyond, scratch);
    }
    for (int y = 0; y < height; y++) {
      int first = Math.max(0, y - radius) * words;
      int last = Math.min(height - 1, y + radius) * words;
      for (int w = 0; w < words; w++) {
        long all = scratch[y * words + w];
        for (int at = first + w; at <= last + w && all != 0; at += words) {
          all &= scratch[at];
        }
        bits[y * words + w] = all;
      }
    }
  }

  /** Erodes one row along itself. */
  private static void erodeRow(
      long[] bits, int at, int words, int radius, long beyond, long[] into) {
    long before = -1;
    for (int w = 0; w < words; w++) {
      boolean last = w == words - 1;
      long here = last ? bits[at + w] | beyond : bits[at + w];
      long result = bits[at + w];
      if (result != 0) {
        long after = last ? -1 : w == words - 2 ? bits[at + w + 1] | beyond : bits[at + w + 1];
        for (int d = 1; d <= radius; d++) {
          result &= here << d | before >>> (Long.SIZE - d);
          result &= here >>> d | after << (Long.SIZE - d);
        }
      }
      into[at + w] = result;
      before = here;
    }
  }

  /**
   * How many bits are set.
   *
   * @param bits of a panel
   * @return their number
   */
  public static int count(long[] bits) {
    int n = 0;
    for (long word : bits) {
      n += Long.bitCount(word);
    }
    return n;
  }
}
