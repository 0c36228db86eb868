package org.mdx.io.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Shuffles and deflates chunks. For one thread at a time; reused for chunk after chunk. */
final class ChunkEncoder implements AutoCloseable {

  /** Fast; what the higher levels save is below a tenth for shuffled numbers. */
  static final int LEVEL = 1;

  private final Deflater deflater = new Deflater(LEVEL);
  private byte[] plain = new byte[0];
  private byte[] shuffled = new byte[0];
  private byte[] compressed = new byte[0];

  /** The bytes in the file of one chunk of a dataset. */
  byte[] encode(ChunkGrid grid, int index, Elements elements) {
    int size = elements.type().bytes();
    int n = (int) grid.chunkElements();
    if (plain.length != n * size) {
      plain = new byte[n * size];
      shuffled = new byte[n * size];
      compressed = new byte[n * size + n * size / 1000 + 64];
    }
    grid.gather(index, elements, ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN));
    shuffle(plain, shuffled, size);
    deflater.reset();
    deflater.setInput(shuffled);
    deflater.finish();
    int length = 0;
    while (!deflater.finished()) {
      if (length == compressed.length) {
        compressed = Arrays.copyOf(compressed, 2 * length);
      }
      length += deflater.deflate(compressed, length, compressed.length - length);
    }
    return Arrays.copyOf(compressed, length);
  }

  /** First bytes of all elements, then all second bytes, and so on: the HDF5 shuffle filter. */
  static void shuffle(byte[] in, byte[] out, int elementBytes) {
    int n = in.length / elementBytes;
    for (int b = 0; b < elementBytes; b++) {
      int to = b * n;
      for (int i = 0, from = b; i < n; i++, from += elementBytes) {
        out[to + i] = in[from];
      }
    }
  }

  @Override
  public void close() {
    deflater.end();
  }
}
