/**
 * Commands of the Bragg engine: from images to spots, lattices and geometry.
 *
 * <p>Each reads and writes the files of DIALS ({@code .expt}, {@code .refl}) under DIALS's names,
 * so that either program goes on from the other's. What they do is in {@code org.mdx.bragg}; here
 * are options, tables and messages. Uses {@code org.mdx.cli.terminal} and {@code org.mdx.cli.file}.
 */
package org.mdx.cli.bragg;
