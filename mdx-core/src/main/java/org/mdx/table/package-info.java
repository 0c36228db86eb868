/**
 * Tables of measurements keyed by Miller index. Main type: {@link org.mdx.table.HKLTable}. Uses
 * {@code org.mdx.math} alone.
 */
package org.mdx.table;
