/** Rows that wait on a disk: what does not fit into memory at once. */
package org.mdx.io.scratch;
