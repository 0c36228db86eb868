package org.mdx.internal.kernel;

/**
 * The mark of a pixel that does not count, and what sets it for many pixels at once. Checks
 * nothing.
 */
public final class PixelMark {

  /** Stands in place of the value of a pixel that does not count; no detector writes it. */
  public static final int MASKED = Integer.MIN_VALUE;

  private PixelMark() {}

  /**
   * Marks the pixels whose value lies outside a range, in a loop without a branch.
   *
   * @param a values; receives {@link #MASKED}
   * @param from place of the first
   * @param to place behind the last
   * @param min lowest value that counts, above {@link #MASKED}
   * @param max highest value that counts, at most min + 2³¹ − 1
   */
  public static void outside(int[] a, int from, int to, int min, int max) {
    for (int i = from; i < to; i++) {
      int v = a[i];
      // where one of the differences wraps round, the other is below 0
      int out = (v - min | max - v) >> 31;
      a[i] = v & ~out | MASKED & out;
    }
  }
}
