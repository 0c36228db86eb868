package org.mdx.io.hdf5;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;

/**
 * A stack of frames as a file stores it.
 *
 * @param path where it is in the file
 * @param header of the dataset
 * @param shape lengths of the axes
 * @param frameAxis the first or the last
 * @param type of the elements
 * @param filters of the chunks
 * @param chunk lengths of a chunk; null if the elements are in one piece
 * @param contiguous address of that piece
 * @param chunks by their number in the grid; null if in one piece
 */
record Stack(
    String path,
    StoredHeader header,
    int[] shape,
    int frameAxis,
    StoredType type,
    FilterPipeline filters,
    int[] chunk,
    long contiguous,
    Long2ObjectOpenHashMap<Stack.Chunk> chunks) {

  /** One chunk in the file. */
  record Chunk(long address, long size, int mask) {}

  int frames() {
    return shape[frameAxis];
  }

  /** Elements of a frame. */
  int pixels() {
    long n = 1;
    for (int a = 0; a < shape.length; a++) {
      n *= a == frameAxis ? 1 : shape[a];
    }
    return Math.toIntExact(n);
  }

  /** Bytes of a frame, below 2³¹. */
  int frameBytes() {
    return Math.multiplyExact(pixels(), type.bytes());
  }

  /** A chunk that holds one frame. */
  int[] frameChunk() {
    int[] c = shape.clone();
    c[frameAxis] = 1;
    return c;
  }

  /** Whether each chunk is one frame already. */
  boolean isByFrame() {
    return chunk != null && java.util.Arrays.equals(chunk, frameChunk());
  }

  /** Stored bytes. */
  long storedBytes() {
    return chunk == null
        ? (long) frames() * frameBytes()
        : chunks.values().stream().mapToLong(Chunk::size).sum();
  }
}
