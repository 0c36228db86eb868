package org.mdx.io.hdf5;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates and unshuffles chunks. For one thread at a time; reused for chunk after chunk. */
final class ChunkDecoder implements AutoCloseable {

  /** The most that one byte of a deflate stream can become. */
  static final int MAXIMUM_RATIO = 1032;

  private final boolean deflated;
  private final int shuffledBytes;
  private final Inflater inflater = new Inflater();
  private byte[] shuffled = new byte[0];
  private byte[] plain = new byte[0];

  /**
   * A decoder for the chunks of one dataset.
   *
   * @param deflated whether they are deflated
   * @param shuffledBytes element size by which they were shuffled before that; 0 or 1 if not
   */
  ChunkDecoder(boolean deflated, int shuffledBytes) {
    this.deflated = deflated;
    this.shuffledBytes = shuffledBytes;
  }

  /**
   * Decodes a chunk.
   *
   * @param raw its bytes in the file
   * @param length how many bytes it must give
   * @return the bytes, valid until the next call
   * @throws DataFormatException if it gives another number of bytes or is damaged
   */
  byte[] decode(ByteBuffer raw, int length) throws DataFormatException {
    int stored = raw.remaining();
    if (deflated ? (long) stored * MAXIMUM_RATIO < length : stored != length) {
      throw new DataFormatException(stored + " bytes");
    }
    if (shuffled.length != length) {
      shuffled = new byte[length];
      plain = new byte[shuffledBytes > 1 ? length : 0];
    }
    if (deflated) {
      inflate(raw, length);
    } else {
      raw.get(shuffled);
    }
    if (shuffledBytes <= 1) {
      return shuffled;
    }
    unshuffle(shuffled, plain, shuffledBytes);
    return plain;
  }

  private void inflate(ByteBuffer raw, int length) throws DataFormatException {
    inflater.reset();
    inflater.setInput(raw);
    int n = 0;
    while (n < length) {
      int got = inflater.inflate(shuffled, n, length - n);
      if (got == 0) {
        break;
      }
      n += got;
    }
    // at the exact length the trailing checksum may still have to be read and verified
    boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
    if (n != length || more || !inflater.finished()) {
      throw new DataFormatException(n + " bytes, " + (more ? "and more" : "then the end"));
    }
  }

  /** The opposite of {@link ChunkEncoder#shuffle}; a remainder that fills no element is copied. */
  static void unshuffle(byte[] in, byte[] out, int elementBytes) {
    int n = in.length / elementBytes;
    for (int b = 0; b < elementBytes; b++) {
      int from = b * n;
      for (int i = 0, to = b; i < n; i++, to += elementBytes) {
        out[to] = in[from + i];
      }
    }
    System.arraycopy(in, n * elementBytes, out, n * elementBytes, in.length - n * elementBytes);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
