/**
 * The filters of chunks and how to undo them: deflate, shuffle, Fletcher32, LZ4, bitshuffle. Uses
 * {@code structure} for the message that names them.
 */
package org.mdx.io.internal.hdf5.codec;
