package org.mdx.io.hdf5;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Undoes the bitshuffle transform (K. Masui et al., Astronomy and Computing 12, 181, 2015): in a
 * block of n elements of b bytes, n a multiple of 8, first come the lowest bits of all elements,
 * then the second bits, and so on; rows of n / 8 bytes, the first element in the lowest bit.
 */
final class BitShuffle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Blocks are of at most this many bytes unless the file says otherwise. */
  private static final int TARGET_BYTES = 8192;

  private static final int MULTIPLE = 8;

  private BitShuffle() {}

  /** Elements of a block when the file leaves it to the filter. */
  static int defaultBlock(int elementBytes) {
    return Math.max(TARGET_BYTES / elementBytes / MULTIPLE * MULTIPLE, 128);
  }

  /** Restores a block into bytes that are zero; does not check. */
  static void restore(byte[] in, int from, byte[] out, int to, int n, int elementBytes) {
    int row = n / 8;
    for (int b = 0; b < elementBytes; b++) {
      int plane = from + b * 8 * row;
      int g = 0;
      for (; g + 8 <= row; g += 8) {
        if (!isZero(in, plane + g, row)) {
          for (int i = g; i < g + 8; i++) {
            group(in, plane + i, row, out, to + 8 * i * elementBytes + b, elementBytes);
          }
        }
      }
      for (; g < row; g++) {
        group(in, plane + g, row, out, to + 8 * g * elementBytes + b, elementBytes);
      }
    }
  }

  /** Whether eight bytes of each of eight rows are zero, as in the high bits of small counts. */
  private static boolean isZero(byte[] in, int at, int row) {
    long any = 0;
    for (int i = 0; i < 8; i++) {
      any |= (long) LONGS.get(in, at + i * row);
    }
    return any == 0;
  }

  /** One byte of each of eight elements, from one byte of each of eight rows. */
  private static void group(byte[] in, int at, int row, byte[] out, int to, int step) {
    long x =
        (in[at] & 0xffL)
            | (in[at + row] & 0xffL) << 8
            | (in[at + 2 * row] & 0xffL) << 16
            | (in[at + 3 * row] & 0xffL) << 24
            | (in[at + 4 * row] & 0xffL) << 32
            | (in[at + 5 * row] & 0xffL) << 40
            | (in[at + 6 * row] & 0xffL) << 48
            | (long) in[at + 7 * row] << 56;
    if (x == 0) {
      return;
    }
    x = transpose(x);
    for (int k = 0; k < 8; k++) {
      out[to + k * step] = (byte) (x >>> 8 * k);
    }
  }

  /** Transposes 8 × 8 bits (Warren, Hacker's Delight, 7-3). */
  static long transpose(long x) {
    long t = (x ^ x >>> 7) & 0x00aa00aa00aa00aaL;
    x = x ^ t ^ t << 7;
    t = (x ^ x >>> 14) & 0x0000cccc0000ccccL;
    x = x ^ t ^ t << 14;
    t = (x ^ x >>> 28) & 0x00000000f0f0f0f0L;
    return x ^ t ^ t << 28;
  }
}
