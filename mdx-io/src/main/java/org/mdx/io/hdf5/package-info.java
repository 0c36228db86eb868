/**
 * The HDF5 container: groups, attributes, numeric datasets and texts. It knows nothing of what they
 * mean; the formats that are kept in HDF5 files use it.
 *
 * <p>Main types: {@link org.mdx.io.hdf5.Hdf5Writer} writes a tree of {@link
 * org.mdx.io.hdf5.Hdf5Group} and {@link org.mdx.io.hdf5.Hdf5Dataset}; {@link
 * org.mdx.io.hdf5.Hdf5File} reads, {@link org.mdx.io.hdf5.Hdf5Frames} frame by frame. May use
 * {@code org.mdx.io} and {@code org.mdx.parallel}.
 *
 * <p>Both directions are our own, after the "HDF5 File Format Specification Version 3.0" of The HDF
 * Group. Files are written in the oldest layout (superblock 0, symbol-table groups, version 1
 * B-trees), which every HDF5 program reads, with texts that h5py returns as such. They are read in
 * all layouts, also virtual datasets and links to other files, from windows mapped into memory:
 * nothing is allocated because a header claims it. Chunks are compressed and decompressed on all
 * cores. What is behind these doors lives in {@code org.mdx.io.internal.hdf5}, which nobody else
 * enters.
 */
package org.mdx.io.hdf5;
