package org.mdx.io.internal.hdf5.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Decompresses LZ4 blocks ("LZ4 Block Format Description", lz4 project). Every access is checked,
 * so damaged blocks cannot do more than fail.
 */
final class Lz4 {

  /** The most that one byte of a block can become: a length byte of 255. */
  static final int MAXIMUM_RATIO = 256;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MINIMUM_MATCH = 4;

  /** Room behind short literals, which are copied as 16 bytes. */
  private static final int ROOM = 16;

  private Lz4() {}

  /**
   * Decompresses one block.
   *
   * @throws DataFormatException if it does not give exactly {@code outLength} bytes or is damaged
   */
  static void decompress(byte[] in, int from, int length, byte[] out, int to, int outLength)
      throws DataFormatException {
    int end = from + length;
    int outEnd = to + outLength;
    int i = from;
    int o = to;
    try {
      while (true) {
        int token = in[i++] & 0xff;
        int literals = token >>> 4;
        int match = (token & 15) + MINIMUM_MATCH;
        if (literals < 15 && end - i >= 16 && outEnd - o >= ROOM) {
          LONGS.set(out, o, (long) LONGS.get(in, i));
          LONGS.set(out, o + 8, (long) LONGS.get(in, i + 8));
        } else {
          for (int more = literals == 15 ? 255 : 0; more == 255 && literals >= 0; ) {
            more = in[i++] & 0xff;
            literals += more;
          }
          if (literals < 0 || literals > end - i || literals > outEnd - o) {
            throw new DataFormatException("LZ4 literals of " + literals + " bytes");
          }
          System.arraycopy(in, i, out, o, literals);
        }
        i += literals;
        o += literals;
        if (i == end) {
          break;
        }
        int distance = (short) SHORTS.get(in, i) & 0xffff;
        i += 2;
        for (int more = match == 15 + MINIMUM_MATCH ? 255 : 0; more == 255 && match >= 0; ) {
          more = in[i++] & 0xff;
          match += more;
        }
        if (distance == 0 || distance > o - to || match < 0 || match > outEnd - o || i > end) {
          throw new DataFormatException("an LZ4 match of " + match + " at -" + distance);
        }
        copy(out, o, distance, match, outEnd);
        o += match;
      }
    } catch (IndexOutOfBoundsException e) {
      throw new DataFormatException("an LZ4 block that ends early");
    }
    if (o != outEnd) {
      throw new DataFormatException("an LZ4 block of " + (o - to) + " bytes");
    }
  }

  /** Copies what lies a distance behind; a short distance repeats. */
  private static void copy(byte[] out, int o, int distance, int length, int outEnd) {
    int from = o - distance;
    if (distance >= 8 && length <= 16 && outEnd - o >= 16) {
      LONGS.set(out, o, (long) LONGS.get(out, from));
      LONGS.set(out, o + 8, (long) LONGS.get(out, from + 8));
    } else if (distance == 1 && length > 64) {
      Arrays.fill(out, o, o + length, out[from]);
    } else {
      int k = 0;
      if (distance < 8) {
        // after eight bytes, the same pattern lies a multiple of the distance behind
        for (; k < 8 && k < length; k++) {
          out[o + k] = out[from + k];
        }
        from = o - (7 + distance) / distance * distance;
      }
      int eights = Math.min(length, outEnd - o - 7);
      for (; k < eights; k += 8) {
        LONGS.set(out, o + k, (long) LONGS.get(out, from + k));
      }
      for (; k < length; k++) {
        out[o + k] = out[from + k];
      }
    }
  }
}
