package org.mdx.io.internal.hdf5.copy;

import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * Shuffles and deflates a frame piece by piece, so that even one large frame keeps all threads
 * busy. The pieces of a frame, one behind the other, are one zlib stream (RFC 1950, RFC 1951): each
 * but the last ends at a byte's end, and each knows the window before it. For one thread at a time.
 */
final class StackEncoder implements AutoCloseable {

  /** Bytes of a frame that are compressed at a time. */
  static final int PIECE = 1 << 20;

  private static final int WINDOW = 1 << 15;
  private static final int ADLER_BASE = 65521;

  private final Deflater deflater;
  private final int level;
  private final byte[] shuffled = new byte[WINDOW + PIECE];

  StackEncoder(int level) {
    this.deflater = new Deflater(level, true);
    this.level = level;
  }

  /** What became of a piece; its bytes can be used again. */
  static final class Piece {
    byte[] bytes = new byte[0];
    int length;
    int adler;

    private void put(int b) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(64, 2 * length));
      }
      bytes[length++] = (byte) b;
    }
  }

  /** Number of pieces of a frame. */
  static int pieces(int frameBytes) {
    return (frameBytes - 1) / PIECE + 1;
  }

  /**
   * Encodes a piece.
   *
   * @param raw holds the frame
   * @param from its first byte
   * @param frameBytes its size
   * @param size bytes of an element
   * @param index of the piece
   * @param out receives the result
   */
  void encode(byte[] raw, int from, int frameBytes, int size, int index, Piece out) {
    int start = index * PIECE;
    int n = Math.min(PIECE, frameBytes - start);
    int window = Math.min(WINDOW, start);
    shuffle(raw, from, frameBytes / size, size, start - window, window + n);
    out.length = 0;
    if (index == 0) {
      out.put(0x78); // zlib, window of 32 KiB; then the level and a check that makes 31 divide both
      out.put(level < 2 ? 0x01 : level < 6 ? 0x5e : level == 6 ? 0x9c : 0xda);
    }
    deflater.reset();
    if (window > 0) {
      deflater.setDictionary(shuffled, 0, window);
    }
    deflater.setInput(shuffled, window, n);
    boolean last = start + n == frameBytes;
    if (last) {
      deflater.finish();
    }
    while (true) {
      if (out.bytes.length - out.length < 64) {
        int more = Math.max(2 * out.bytes.length, n / 2 + 1024);
        out.bytes = Arrays.copyOf(out.bytes, more);
      }
      int free = out.bytes.length - out.length;
      int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
      int got = deflater.deflate(out.bytes, out.length, free, flush);
      out.length += got;
      if (last ? deflater.finished() : got < free) {
        break;
      }
    }
    Adler32 sum = new Adler32();
    sum.update(shuffled, window, n);
    out.adler = (int) sum.getValue();
  }

  /** Bytes of the shuffled frame: first those that come first in their elements, and so on. */
  private void shuffle(byte[] raw, int from, int elements, int size, int start, int count) {
    int at = 0;
    while (at < count) {
      int plane = (start + at) / elements;
      int first = (start + at) % elements;
      int n = Math.min(count - at, elements - first);
      int source = from + first * size + plane;
      for (int i = 0; i < n; i++, source += size) {
        shuffled[at + i] = raw[source];
      }
      at += n;
    }
  }

  /** The Adler-32 of two pieces together, from their own and the length of the second. */
  static int combine(int one, int two, int length) {
    long a1 = one & 0xffff;
    long a2 = two & 0xffff;
    long a = Math.floorMod(a1 + a2 - 1, (long) ADLER_BASE);
    long b = (one >>> 16) + (two >>> 16) + (long) length % ADLER_BASE * (a1 - 1);
    return (int) (Math.floorMod(b, (long) ADLER_BASE) << 16 | a);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
