package org.mdx.bragg.integrate;

/**
 * The foreground of a reflection and that of the others which meet it there, as far as it lies in
 * the reflection's box: what is fitted together.
 *
 * @param partners the others
 * @param pixels row · w + column in the box; the reflection's own foreground comes first
 * @param background expected background of a pixel and slice
 * @param values slice by slice, {@code Pixels.MASKED} where a pixel does not count
 */
record SharedPixels(Target[] partners, int[] pixels, double[] background, int[] values) {}
