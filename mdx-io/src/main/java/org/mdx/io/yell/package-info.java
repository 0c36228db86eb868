/**
 * The HDF5 files of Yell and meerkat: one array with its lower limits, steps and cell at the root.
 *
 * <p>Main type: {@link org.mdx.io.yell.Yell}. Uses {@code org.mdx.io}, {@code org.mdx.io.hdf5} and
 * maps of mdx-core.
 */
package org.mdx.io.yell;
