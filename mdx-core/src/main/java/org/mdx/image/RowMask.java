package org.mdx.image;

/**
 * Leaves out pixels by where they lie in reciprocal space and by their counts, a row at a time.
 * Implementations can be used by several threads.
 */
@FunctionalInterface
public interface RowMask {

  /** Leaves nothing out. */
  RowMask NONE = (h, k, l, n, pixels, from, scratch) -> 0;

  /**
   * Marks the pixels of a row that are left out.
   *
   * @param h fractional h of each pixel
   * @param k fractional k
   * @param l fractional l
   * @param n number of pixels
   * @param pixels values; receives {@link Pixels#MASKED} where one is left out
   * @param from place of the row's first pixel in {@code pixels}
   * @param scratch room for n numbers, overwritten
   * @return how many pixels the mask leaves out, those included that did not count before
   */
  int apply(double[] h, double[] k, double[] l, int n, int[] pixels, int from, double[] scratch);

  /**
   * The same mask for pixels whose values are not counts.
   *
   * @param response what the values mean
   * @return this, where the mask does not look at values or they are counts
   */
  default RowMask of(PixelResponse response) {
    return this;
  }
}
