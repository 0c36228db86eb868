package org.mdx.image;

import java.util.Arrays;
import org.mdx.internal.kernel.PixelMark;

/**
 * Which pixels of a frame count. The value of a pixel says nothing of that: cameras write negative
 * values where few quanta arrive, and those are data. A pixel that does not count holds {@link
 * #MASKED} instead of a value, which no detector writes; every other number is one.
 */
public final class Pixels {

  /** Stands in place of the value of a pixel that does not count; compare with {@code ==}. */
  public static final int MASKED = PixelMark.MASKED;

  private Pixels() {}

  /**
   * Whether a pixel does not count.
   *
   * @param value of the pixel
   * @return true if it is {@link #MASKED}
   */
  public static boolean isMasked(int value) {
    return value == MASKED;
  }

  /**
   * Marks the pixels whose value lies outside a range; those that are marked stay so.
   *
   * @param pixels values; receives {@link #MASKED}
   * @param min lowest value that counts
   * @param max highest value that counts; at least min
   * @throws IllegalArgumentException if there is no such range
   */
  public static void keep(int[] pixels, double min, double max) {
    if (!(min <= max)) {
      throw new IllegalArgumentException("pixels cannot count from " + min + " to " + max);
    }
    double lowest = Math.max(Math.ceil(min), MASKED + 1.0);
    double highest = Math.min(Math.floor(max), Integer.MAX_VALUE);
    if (lowest > highest) {
      Arrays.fill(pixels, MASKED);
    } else if (highest - lowest <= Integer.MAX_VALUE) {
      PixelMark.outside(pixels, 0, pixels.length, (int) lowest, (int) highest);
    } else {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = pixels[i] < lowest || pixels[i] > highest ? MASKED : pixels[i];
      }
    }
  }
}
