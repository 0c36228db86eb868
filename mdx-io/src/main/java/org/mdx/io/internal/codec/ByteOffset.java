package org.mdx.io.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The byte-offset compression of CBF images: each pixel is stored as its difference to the one
 * before (the first to 0), little endian, in 1 byte if that is −127 to 127, otherwise after the
 * byte −128 in 2 bytes, otherwise after a further −32768 in 4, otherwise after a further −2³¹ in 8
 * bytes (CBFlib manual, section "byte offset").
 */
public final class ByteOffset {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteOffset() {}

  /**
   * Decodes pixels. Eight bytes are looked at together: without −128 among them (the zero-byte test
   * on their exclusive or with 0x80) they are eight pixels. Never reads outside {@code from} to
   * {@code to}; does not check that these lie in {@code src}, nor that {@code count} pixels fit
   * into {@code dst}.
   *
   * @param src compressed bytes
   * @param from first byte
   * @param to byte after the last
   * @param dst receives the pixels from index 0
   * @param count number of pixels
   * @return the index after the last byte used; or −1 − i if the bytes end before pixel i is
   *     complete or its value does not fit into 32 bits
   */
  public static int decode(byte[] src, int from, int to, int[] dst, int count) {
    int p = from;
    int v = 0;
    int i = 0;
    while (i < count) {
      if (p <= to - 8 && i <= count - 8) {
        long w = (long) LONG.get(src, p);
        long y = w ^ HIGHS;
        if (((y - ONES) & ~y & HIGHS) == 0) {
          dst[i] = v += (byte) w;
          dst[i + 1] = v += (byte) (w >> 8);
          dst[i + 2] = v += (byte) (w >> 16);
          dst[i + 3] = v += (byte) (w >> 24);
          dst[i + 4] = v += (byte) (w >> 32);
          dst[i + 5] = v += (byte) (w >> 40);
          dst[i + 6] = v += (byte) (w >> 48);
          dst[i + 7] = v += (byte) (w >> 56);
          p += 8;
          i += 8;
          continue;
        }
      }
      int left = to - p;
      if (left < 1) {
        return -1 - i;
      }
      long d = src[p];
      int used = 1;
      if (d == Byte.MIN_VALUE) {
        if (left < 3) {
          return -1 - i;
        }
        d = (short) SHORT.get(src, p + 1);
        used = 3;
        if (d == Short.MIN_VALUE) {
          if (left < 7) {
            return -1 - i;
          }
          d = (int) INT.get(src, p + 3);
          used = 7;
          if (d == Integer.MIN_VALUE) {
            if (left < 15) {
              return -1 - i;
            }
            d = (long) LONG.get(src, p + 7);
            used = 15;
          }
        }
      }
      long sum = v + d;
      if (sum != (int) sum || d >> 33 != d >> 63) {
        return -1 - i;
      }
      p += used;
      dst[i++] = v = (int) sum;
    }
    return p;
  }

  /**
   * Number of bytes that {@link #encode} writes.
   *
   * @param src pixels
   * @param count number of pixels, from index 0
   * @return count to 15 · count
   */
  public static long encodedLength(int[] src, int count) {
    long bytes = 0;
    int before = 0;
    for (int i = 0; i < count; i++) {
      long d = (long) src[i] - before;
      before = src[i];
      bytes += size(d);
    }
    return bytes;
  }

  private static int size(long d) {
    long a = Math.abs(d);
    return a <= Byte.MAX_VALUE ? 1 : a <= Short.MAX_VALUE ? 3 : a <= Integer.MAX_VALUE ? 7 : 15;
  }

  /**
   * Encodes pixels. Does not check that {@code dst} has room for {@link #encodedLength} bytes.
   *
   * @param src pixels
   * @param count number of pixels, from index 0
   * @param dst receives the compressed bytes
   * @param from index of the first byte written
   * @return the index after the last byte written
   */
  public static int encode(int[] src, int count, byte[] dst, int from) {
    int p = from;
    int before = 0;
    for (int i = 0; i < count; i++) {
      long d = (long) src[i] - before;
      before = src[i];
      int size = size(d);
      if (size == 1) {
        dst[p] = (byte) d;
      } else {
        dst[p] = Byte.MIN_VALUE;
        if (size == 3) {
          SHORT.set(dst, p + 1, (short) d);
        } else {
          SHORT.set(dst, p + 1, Short.MIN_VALUE);
          if (size == 7) {
            INT.set(dst, p + 3, (int) d);
          } else {
            INT.set(dst, p + 3, Integer.MIN_VALUE);
            LONG.set(dst, p + 7, d);
          }
        }
      }
      p += size;
    }
    return p;
  }
}
