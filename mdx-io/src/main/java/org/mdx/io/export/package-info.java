/**
 * Finds the format of a map or table file, from its content when it is read and from a name when it
 * is written.
 *
 * <p>Main types: {@link org.mdx.io.export.MapFormat}, {@link org.mdx.io.export.TableFormat}. Stands
 * above the formats, which do not know each other: uses them all, and is used by programs.
 */
package org.mdx.io.export;
