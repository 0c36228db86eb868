/**
 * What all file formats share: the exception that tells what is wrong with a file, and the finding
 * of a reader for images. Output that appears whole or not at all is {@link org.mdx.io.output}'s.
 *
 * <p>Each format has a package of its own below this one. Formats do not import one another: images
 * are found by {@link org.mdx.io.ImageFiles} through the service {@link org.mdx.io.ImageFormat}, so
 * that a file which names images need not know how they are written. Main type: {@link
 * org.mdx.io.MdxFormatException}. Uses mdx-core; is used by every format.
 */
package org.mdx.io;
