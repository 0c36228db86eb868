/**
 * What all file formats share: {@link org.mdx.io.MdxFormatException}, which tells what is wrong
 * with a file, and the reading of binary files within their bounds.
 *
 * <p>Each format has a package of its own below this one. Formats do not import one another: {@link
 * org.mdx.io.image} finds the format of images, {@link org.mdx.io.volume} that of maps and tables.
 * {@link org.mdx.io.output} writes files that appear whole or not at all. Uses mdx-core.
 */
package org.mdx.io;
