/**
 * The {@code mdx} command: one class a command, each a thin layer over the stages of {@code
 * org.mdx.pipeline} and the files of {@code org.mdx.io}.
 *
 * <p>Main type: {@link org.mdx.cli.Main}, which also runs commands inside another program. File
 * arguments, option names and names of output files are those of mdx2, so that its users find their
 * way; an experiment list of DIALS serves wherever mdx2 wants images or a geometry. A command
 * prints what it found to standard output, its progress and one line about a failure to standard
 * error, and ends with code 0, 1 (input or processing failed) or 2 (wrong usage). May use
 * everything; nothing uses it.
 */
package org.mdx.cli;
