package org.mdx.io.internal.hdf5.codec;

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

  private static final long ONES = 0x5555555555555555L;
  private static final long TWOS = 0x3333333333333333L;
  private static final long FOURS = 0x0f0f0f0f0f0f0f0fL;

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
        groups(in, plane + g, row, out, to + 8 * g * elementBytes, b, elementBytes);
      }
      for (; g < row; g++) {
        group(in, plane + g, row, out, to + 8 * g * elementBytes + b, elementBytes);
      }
    }
  }

  /**
   * Byte {@code which} of each of 64 elements, from eight bytes of each of eight rows: 8 × 8 bits
   * are transposed in each column of bytes, as in Hacker's Delight 7-3, but between eight numbers.
   */
  private static void groups(byte[] in, int at, int row, byte[] out, int to, int which, int step) {
    long a = (long) LONGS.get(in, at);
    long b = (long) LONGS.get(in, at + row);
    long c = (long) LONGS.get(in, at + 2 * row);
    long d = (long) LONGS.get(in, at + 3 * row);
    long e = (long) LONGS.get(in, at + 4 * row);
    long f = (long) LONGS.get(in, at + 5 * row);
    long g = (long) LONGS.get(in, at + 6 * row);
    long h = (long) LONGS.get(in, at + 7 * row);
    if ((a | b | c | d | e | f | g | h) == 0) {
      return; // as in the high bits of small counts
    }
    long t = (a >>> 1 ^ b) & ONES;
    long u = (c >>> 1 ^ d) & ONES;
    long v = (e >>> 1 ^ f) & ONES;
    long w = (g >>> 1 ^ h) & ONES;
    a ^= t << 1;
    b ^= t;
    c ^= u << 1;
    d ^= u;
    e ^= v << 1;
    f ^= v;
    g ^= w << 1;
    h ^= w;
    t = (a >>> 2 ^ c) & TWOS;
    u = (b >>> 2 ^ d) & TWOS;
    v = (e >>> 2 ^ g) & TWOS;
    w = (f >>> 2 ^ h) & TWOS;
    a ^= t << 2;
    c ^= t;
    b ^= u << 2;
    d ^= u;
    e ^= v << 2;
    g ^= v;
    f ^= w << 2;
    h ^= w;
    t = (a >>> 4 ^ e) & FOURS;
    u = (b >>> 4 ^ f) & FOURS;
    v = (c >>> 4 ^ g) & FOURS;
    w = (d >>> 4 ^ h) & FOURS;
    a ^= t << 4;
    e ^= t;
    b ^= u << 4;
    f ^= u;
    c ^= v << 4;
    g ^= v;
    d ^= w << 4;
    h ^= w;
    if (step == 2) {
      fours(a, b, c, d, out, to, 8 * which);
      fours(e, f, g, h, out, to + 8, 8 * which);
      return;
    }
    int first = to + which;
    for (int p = first; p < first + 64 * step; p += 8 * step) {
      out[p] = (byte) a;
      out[p + step] = (byte) b;
      out[p + 2 * step] = (byte) c;
      out[p + 3 * step] = (byte) d;
      out[p + 4 * step] = (byte) e;
      out[p + 5 * step] = (byte) f;
      out[p + 6 * step] = (byte) g;
      out[p + 7 * step] = (byte) h;
      a >>>= 8;
      b >>>= 8;
      c >>>= 8;
      d >>>= 8;
      e >>>= 8;
      f >>>= 8;
      g >>>= 8;
      h >>>= 8;
    }
  }

  /** Adds one byte of each of four neighbours of two bytes, which are zero, in eight places. */
  private static void fours(long a, long b, long c, long d, byte[] out, int to, int shift) {
    for (int p = to; p < to + 128; p += 16) {
      long x = a & 0xff | (b & 0xff) << 16 | (c & 0xff) << 32 | (d & 0xff) << 48;
      LONGS.set(out, p, (long) LONGS.get(out, p) | x << shift);
      a >>>= 8;
      b >>>= 8;
      c >>>= 8;
      d >>>= 8;
    }
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
