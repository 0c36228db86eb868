/**
 * Movies made small without losing anything: HDF5 files such as Velox EMD keep everything they
 * hold, with stacks of frames compressed one frame per chunk; TIFF and MRC movies become compressed
 * TIFF files. What was written is read back and compared before it has its name.
 *
 * <p>Main type: {@link org.mdx.microed.repack.MovieRepacker}. May use mdx-io; the other parts of
 * MicroED automation do not know it, except the agent. No native library takes part, as microscopes
 * are run by Windows PCs on which nothing may be installed.
 */
package org.mdx.microed.repack;
