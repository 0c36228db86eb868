/**
 * Tables of measurements keyed by Miller index. Main type: {@link org.mdx.table.HKLTable}. {@link
 * org.mdx.table.HKLGroups} gathers its rows by voxel. Uses {@code org.mdx.math} and, for grouping,
 * {@code org.mdx.internal.kernel}, since every verb needs the groups of a table.
 */
package org.mdx.table;
