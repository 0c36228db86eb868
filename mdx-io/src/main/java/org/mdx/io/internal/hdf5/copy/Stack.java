package org.mdx.io.internal.hdf5.copy;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;
import org.mdx.io.internal.hdf5.structure.StoredHeader;

/**
 * A stack of frames as a file stores it, or any dataset that is compressed chunk by chunk, of which
 * each chunk is a frame: the chunks that it has, or rows along the first axis, of which the last
 * frame may have more than there are.
 *
 * @param path where it is in the file
 * @param header of the dataset
 * @param shape lengths of the axes
 * @param frameAxis the first or the last; {@link #CHUNKS} if chunks are frames
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

  /** Instead of an axis: each chunk is a frame. */
  static final int CHUNKS = -1;

  /** Bytes of a new chunk, unless one row has more. */
  private static final int ROWS = 1 << 20;

  /** One chunk in the file. */
  record Chunk(long address, long size, int mask) {}

  int frames() {
    if (frameAxis != CHUNKS) {
      return shape[frameAxis];
    }
    int[] c = frameChunk();
    long n = 1;
    for (int a = 0; a < shape.length; a++) {
      n *= (shape[a] - 1) / c[a] + 1;
    }
    return Math.toIntExact(n);
  }

  /** Elements of a frame. */
  int pixels() {
    return Math.toIntExact(product(frameChunk()));
  }

  private static long product(int[] lengths) {
    long n = 1;
    for (int length : lengths) {
      n = Math.multiplyExact(n, (long) length);
    }
    return n;
  }

  /** Bytes of a frame, below 2³¹. */
  int frameBytes() {
    return Math.multiplyExact(pixels(), type.bytes());
  }

  /** A chunk that holds one frame. */
  int[] frameChunk() {
    if (frameAxis == CHUNKS && chunk != null) {
      return chunk;
    }
    int[] c = shape.clone();
    c[frameAxis == CHUNKS ? 0 : frameAxis] = frameAxis == CHUNKS ? rows() : 1;
    return c;
  }

  /** Whether each chunk is one frame already. */
  boolean isByFrame() {
    return chunk != null && java.util.Arrays.equals(chunk, frameChunk());
  }

  private int rows() {
    long row = product(shape) / shape[0] * type.bytes();
    return (int) Math.max(1, Math.min(shape[0], ROWS / row));
  }

  /** Bytes of all elements. */
  long elementBytes() {
    return product(shape) * type.bytes();
  }

  /** Stored bytes. */
  long storedBytes() {
    return chunk == null ? elementBytes() : chunks.values().stream().mapToLong(Chunk::size).sum();
  }
}
