/**
 * Finds the format of image files and reads their headers and frames.
 *
 * <p>{@link org.mdx.io.image.ImageFiles} is the entry. {@link org.mdx.io.image.ImageFormat} is the
 * service that each format implements in a package of its own, so that a file which names images
 * need not know how they are written, and a program that embeds mdx can add its own format. {@link
 * org.mdx.io.image.ImageHeader} is what a header says. Uses org.mdx.io and mdx-core.
 */
package org.mdx.io.image;
