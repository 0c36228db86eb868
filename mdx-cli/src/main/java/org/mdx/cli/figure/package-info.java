/**
 * Figures and reports of files: {@code mdx plot} and {@code mdx report}, and the report that a
 * reduction leaves.
 *
 * <p>Reads files, calls {@code org.mdx.figures}, writes files; commands of reductions stand above
 * it.
 */
package org.mdx.cli.figure;
