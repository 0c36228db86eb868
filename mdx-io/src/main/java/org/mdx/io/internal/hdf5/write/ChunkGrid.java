package org.mdx.io.internal.hdf5.write;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.internal.hdf5.index.Box;

/** How a dataset is cut into equal chunks; those at the far edges reach beyond it. */
public final class ChunkGrid {

  /** Chunks hold at most this many elements: h5py's chunk cache holds two of doubles. */
  private static final int TARGET_ELEMENTS = 1 << 16;

  private final int[] shape;
  private final int[] chunk;
  private final int[] counts;

  public ChunkGrid(int[] shape, int[] chunk) {
    this.shape = shape.clone();
    this.chunk = chunk.clone();
    this.counts = new int[shape.length];
    for (int a = 0; a < shape.length; a++) {
      counts[a] = (int) ((shape[a] + (long) chunk[a] - 1) / chunk[a]);
    }
  }

  /** A cut in which the longest edges of the chunks are halved until they are small enough. */
  public static ChunkGrid of(int[] shape) {
    int[] chunk = shape.clone();
    while (product(chunk) > TARGET_ELEMENTS) {
      int longest = 0;
      for (int a = 1; a < chunk.length; a++) {
        if (chunk[a] > chunk[longest]) {
          longest = a;
        }
      }
      chunk[longest] = chunk.length == 1 ? TARGET_ELEMENTS : (chunk[longest] + 1) / 2;
    }
    return new ChunkGrid(shape, chunk);
  }

  /** Number of chunks. */
  public long count() {
    return product(counts);
  }

  /** Elements of one chunk, the part beyond the dataset included. */
  long chunkElements() {
    return product(chunk);
  }

  public int[] chunk() {
    return chunk.clone();
  }

  /** Index of the first element of a chunk along each axis. */
  int[] offset(int index) {
    int[] o = new int[shape.length];
    int rest = index;
    for (int a = shape.length - 1; a >= 0; a--) {
      o[a] = rest % counts[a] * chunk[a];
      rest /= counts[a];
    }
    return o;
  }

  /** Copies a chunk out of a dataset; what is beyond the dataset becomes zero. */
  void gather(int index, Elements elements, ByteBuffer out) {
    int bytes = elements.type().bytes();
    Arrays.fill(out.array(), (byte) 0);
    Box box = new Box(toLongs(offset(index)), chunk);
    box.forEachRun(
        new long[shape.length],
        toLongs(shape),
        (inDataset, inChunk, count) ->
            elements.put(inDataset, count, out.position(inChunk * bytes)));
  }

  private static long[] toLongs(int[] n) {
    return Arrays.stream(n).asLongStream().toArray();
  }

  private static long product(int[] n) {
    long p = 1;
    for (int v : n) {
      p = Math.multiplyExact(p, v);
    }
    return p;
  }
}
