/**
 * The structures of an HDF5 file, each read where it is: object headers, groups, heaps, B-trees,
 * types, shapes and layouts ("HDF5 File Format Specification Version 3.0", The HDF Group).
 *
 * <p>One parser serves the reader and the copier: {@link org.mdx.io.internal.hdf5.structure.Source}
 * gives the bytes, {@link org.mdx.io.internal.hdf5.structure.Structures} is told of every extent,
 * address and checksum that a walk meets. What is damaged ends in an unchecked exception, which the
 * doors turn into one for users. Uses {@code org.mdx.io.hdf5.element} alone.
 */
package org.mdx.io.internal.hdf5.structure;
