/**
 * Images in HDF5 files by the NeXus application definition NXmx, and as Dectris' detectors write
 * them: a master file with the frames in it or linked to it. Main type: {@link
 * org.mdx.io.nxmx.NxmxFormat}. May use {@code org.mdx.io} and {@code org.mdx.io.hdf5}.
 */
package org.mdx.io.nxmx;
