/**
 * The structures that our own files consist of, built in memory and written behind the data: object
 * headers of version 1, symbol tables, B-trees of chunks, the global heap of texts. Uses {@code
 * structure}.
 */
package org.mdx.io.internal.hdf5.write;
