/**
 * What the elements of datasets are, and who gives and takes them: the plain types of the HDF5
 * container, which its doors in {@code org.mdx.io.hdf5} and its inner rooms share. Main types:
 * {@link org.mdx.io.hdf5.element.Elements} and {@link org.mdx.io.hdf5.element.StoredType}. May use
 * {@code org.mdx.map}.
 */
package org.mdx.io.hdf5.element;
