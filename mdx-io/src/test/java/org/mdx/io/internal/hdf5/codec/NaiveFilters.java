package org.mdx.io.internal.hdf5.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Compresses chunks by the letter of the formats' definitions and as slowly as that: bitshuffle
 * (HDF5 filter 32008), LZ4 blocks and the LZ4 filter (32004). Knows nothing of the decoder.
 */
public final class NaiveFilters {
  private NaiveFilters() {}

  /**
   * Bitshuffle, with LZ4 or without.
   *
   * @param raw bytes of the elements
   * @param size bytes of an element
   * @param block elements of a block, a multiple of 8
   * @param lz4 whether the blocks are compressed
   * @return the chunk
   */
  public static byte[] bitshuffle(byte[] raw, int size, int block, boolean lz4) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (lz4) {
      out.writeBytes(ByteBuffer.allocate(12).putLong(raw.length).putInt(block * size).array());
    }
    int n = raw.length / size;
    int done = 0;
    while (n - done >= 8) {
      int count = Math.min(block, (n - done) / 8 * 8);
      byte[] turned = new byte[count * size];
      int bit = 0;
      for (int b = 0; b < 8 * size; b++) {
        for (int e = 0; e < count; e++, bit++) {
          int v = raw[(done + e) * size + b / 8] >> b % 8 & 1;
          turned[bit / 8] |= (byte) (v << bit % 8);
        }
      }
      byte[] stored = lz4 ? lz4(turned) : turned;
      if (lz4) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(stored.length).array());
      }
      out.writeBytes(stored);
      done += count;
    }
    out.write(raw, done * size, raw.length - done * size);
    return out.toByteArray();
  }

  /**
   * The LZ4 filter.
   *
   * @param raw bytes
   * @param block bytes of a block
   * @return the chunk
   */
  public static byte[] lz4Filter(byte[] raw, int block) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(12).putLong(raw.length).putInt(block).array());
    for (int at = 0; at < raw.length; at += block) {
      byte[] part = Arrays.copyOfRange(raw, at, Math.min(raw.length, at + block));
      byte[] packed = lz4(part);
      byte[] stored = packed.length < part.length ? packed : part;
      out.writeBytes(ByteBuffer.allocate(4).putInt(stored.length).array());
      out.writeBytes(stored);
    }
    return out.toByteArray();
  }

  /** One LZ4 block: at each place the longest of a few matches, the last five bytes literally. */
  static byte[] lz4(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int literals = 0;
    int at = 0;
    while (at < raw.length - 12) {
      int best = 0;
      int distance = 0;
      for (int d = 1; d <= Math.min(at, 70); d++) {
        int n = 0;
        while (at + n < raw.length - 5 && raw[at + n] == raw[at + n - d]) {
          n++;
        }
        if (n > best) {
          best = n;
          distance = d;
        }
      }
      if (best < 4) {
        at++;
        continue;
      }
      sequence(out, raw, literals, at - literals, best);
      out.write(distance);
      out.write(distance >> 8);
      lengthBytes(out, best - 4);
      at += best;
      literals = at;
    }
    sequence(out, raw, literals, raw.length - literals, 4);
    return out.toByteArray();
  }

  private static void sequence(
      ByteArrayOutputStream out, byte[] raw, int from, int literals, int match) {
    out.write(Math.min(15, literals) << 4 | Math.min(15, match - 4));
    lengthBytes(out, literals);
    out.write(raw, from, literals);
  }

  private static void lengthBytes(ByteArrayOutputStream out, int length) {
    if (length >= 15) {
      int rest = length - 15;
      for (; rest >= 255; rest -= 255) {
        out.write(255);
      }
      out.write(rest);
    }
  }
}
