/**
 * Open files, their objects, and the elements of their datasets, chunks on all threads. Main types:
 * {@link org.mdx.io.internal.hdf5.read.OpenFile} and {@link
 * org.mdx.io.internal.hdf5.read.DatasetReader}. Uses {@code structure}, {@code index} and {@code
 * codec}; knows nothing of writing and copying.
 */
package org.mdx.io.internal.hdf5.read;
