/**
 * Maps and tables in files: finds their format, and holds the values that all formats share.
 *
 * <p>{@link org.mdx.io.volume.MapFormats} and {@link org.mdx.io.volume.TableFormats} are the
 * entries. {@link org.mdx.io.volume.MapFormat} and {@link org.mdx.io.volume.TableFormat} are the
 * services that each format implements in a package of its own. {@link org.mdx.io.volume.MapFile}
 * is a map with its cell and space group, {@link org.mdx.io.volume.TableFile} a table with them.
 * Uses org.mdx.io and mdx-core.
 */
package org.mdx.io.volume;
