/**
 * Images as the detector wrote them, read when they are needed, and which of their pixels count.
 *
 * <p>{@link org.mdx.image.ImageSource} is what a file format implements; {@link
 * org.mdx.image.ImageSeries} is what an algorithm is given. Axis order is (frame, iy, ix).
 */
package org.mdx.image;
