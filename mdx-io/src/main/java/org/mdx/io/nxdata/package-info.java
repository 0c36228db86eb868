/**
 * Maps as any NeXus program reads them: an {@code NXdata} that is the default plot of its file.
 *
 * <p>Main type: {@link org.mdx.io.nxdata.NxData}. Uses {@code org.mdx.io}, {@code org.mdx.io.hdf5}
 * and maps of mdx-core. The files of mdx2 are another format, see {@code org.mdx.io.nexus}.
 */
package org.mdx.io.nxdata;
