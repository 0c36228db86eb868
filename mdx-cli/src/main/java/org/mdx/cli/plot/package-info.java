/**
 * Figures on the command line: the kinds that {@code mdx plot} draws, and pictures of masks.
 *
 * <p>What figures are and how they are drawn is {@code org.mdx.figures}; here are their files.
 */
package org.mdx.cli.plot;
