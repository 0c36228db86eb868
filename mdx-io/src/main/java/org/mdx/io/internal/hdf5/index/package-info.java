/**
 * The five indices of chunks: which chunk is where, of how many bytes, with which filters left out,
 * and which are absent. Uses {@code structure}.
 */
package org.mdx.io.internal.hdf5.index;
