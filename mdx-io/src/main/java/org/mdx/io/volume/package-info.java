/**
 * Files of maps and tables: the values that all their formats share.
 *
 * <p>{@link org.mdx.io.volume.MapFile} is a map with its cell and space group, {@link
 * org.mdx.io.volume.TableFile} a table with them. Uses org.mdx.io and mdx-core; each format has a
 * package of its own.
 */
package org.mdx.io.volume;
