/**
 * From image files to sweeps: which files belong together, and the geometry of each sweep from what
 * its headers, an instrument profile, another geometry and the user say.
 *
 * <p>Main type: {@link org.mdx.io.sweep.SweepImport}, which gives {@link
 * org.mdx.io.sweep.ImportedSweep}s to be written as an experiment list that DIALS reads. A value
 * that the user gives wins over one of the profile, and that over the header's; nothing is invented
 * in silence, every value comes with where it is from. Uses {@code org.mdx.io}, {@code
 * org.mdx.io.dials}, {@code org.mdx.io.instrument} and mdx-core; knows no image format, which are
 * found by {@link org.mdx.io.image.ImageFiles}.
 */
package org.mdx.io.sweep;
