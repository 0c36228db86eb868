/**
 * What became of crystals, as a table: resolution, cell, symmetry, completeness, from the logs and
 * files that DIALS left.
 *
 * <p>Main type: {@link org.mdx.microed.results.ResultTable}, which reads folders {@code
 * CRYSTAL/TRIAL} whoever made them; {@link org.mdx.microed.results.MergingTable} is the table of
 * {@code dials.scale} alone. A missing or damaged file leaves a cell empty, never a crystal out.
 * Uses the files of DIALS in mdx-io and no other part of MicroED data handling: the state of a
 * trial is read as the file that it is.
 */
package org.mdx.microed.results;
