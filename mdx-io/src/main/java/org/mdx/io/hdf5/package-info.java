/**
 * The HDF5 container: groups, attributes, numeric datasets and texts. It knows nothing of what they
 * mean; the formats that are kept in HDF5 files use it.
 *
 * <p>Main types: {@link org.mdx.io.hdf5.Hdf5Writer} writes a tree of {@link
 * org.mdx.io.hdf5.Hdf5Group} and {@link org.mdx.io.hdf5.Hdf5Dataset}; {@code Hdf5File} reads. May
 * use {@code org.mdx.io}, {@code org.mdx.parallel} and jHDF.
 *
 * <p>Writing is our own: jHDF 0.13 writes texts that h5py returns as bytes, which mdx2 cannot load,
 * and compresses whole datasets in memory on one thread. Files have the oldest layout of the format
 * (superblock 0, symbol-table groups, version 1 B-trees), which every HDF5 program reads. Structure
 * is read by jHDF, chunks are decompressed here, on all cores.
 */
package org.mdx.io.hdf5;
