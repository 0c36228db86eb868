package org.mdx.bragg.integrate;

/**
 * The foreground of a reflection and that of the others which meet it there, as far as it lies in
 * the reflection's box: what is fitted together.
 *
 * @param partners the others
 * @param pixels row · columns + column in the rectangle that the reflection keeps; the reflection's
 *     own foreground comes first
 * @param background expected background of a slice of each pixel, or one for all of them
 * @param values slice by slice, {@code Pixels.MASKED} where a pixel does not count
 */
record SharedPixels(Target[] partners, int[] pixels, double[] background, int[] values) {

  /** Expected background of a slice of a pixel. */
  double background(int i) {
    return background.length == 1 ? background[0] : background[i];
  }
}
