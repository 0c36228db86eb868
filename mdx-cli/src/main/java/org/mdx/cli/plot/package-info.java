/**
 * Pictures of masks.
 *
 * <p>What other figures are and how they are drawn is {@code org.mdx.figures}; commands that make
 * them of files are in {@code org.mdx.cli.figure}.
 */
package org.mdx.cli.plot;
