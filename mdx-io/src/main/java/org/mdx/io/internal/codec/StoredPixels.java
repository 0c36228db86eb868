package org.mdx.io.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.mdx.internal.kernel.PixelMark;

/**
 * Pixels as files store them, turned into 32-bit integers. None of the methods checks that the
 * pixels lie in the arrays; all take the stored bytes, the index of the first of them, whether the
 * highest byte of a pixel comes first, where the integers go, and how many there are.
 */
public final class StoredPixels {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private StoredPixels() {}

  /**
   * Bytes.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param mask 0xff if they are unsigned, otherwise −1
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   */
  public static void bytes(byte[] src, int from, int mask, int[] dst, int to, int count) {
    for (int i = 0; i < count; i++) {
      dst[to + i] = src[from + i] & mask;
    }
  }

  /**
   * 16-bit integers.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param big whether the high byte comes first
   * @param mask 0xffff if they are unsigned, otherwise −1
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   */
  public static void shorts(
      byte[] src, int from, boolean big, int mask, int[] dst, int to, int count) {
    if (big) {
      for (int i = 0; i < count; i++) {
        dst[to + i] = Short.reverseBytes((short) SHORT.get(src, from + 2 * i)) & mask;
      }
    } else {
      for (int i = 0; i < count; i++) {
        dst[to + i] = (short) SHORT.get(src, from + 2 * i) & mask;
      }
    }
  }

  /**
   * 32-bit integers.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param big whether the high byte comes first
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   */
  public static void ints(byte[] src, int from, boolean big, int[] dst, int to, int count) {
    if (big) {
      for (int i = 0; i < count; i++) {
        dst[to + i] = Integer.reverseBytes((int) INT.get(src, from + 4 * i));
      }
    } else {
      for (int i = 0; i < count; i++) {
        dst[to + i] = (int) INT.get(src, from + 4 * i);
      }
    }
  }

  /**
   * Bounds what was read as signed but is unsigned: above 2³¹ − 1 becomes that.
   *
   * @param a integers
   * @param at index of the first
   * @param count how many
   */
  public static void bound(int[] a, int at, int count) {
    for (int i = at; i < at + count; i++) {
      a[i] = a[i] < 0 ? Integer.MAX_VALUE : a[i];
    }
  }

  /**
   * IEEE half precision: 1 bit of sign, 5 of exponent, 10 of fraction; rounded as {@link #integer}.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param big whether the high byte comes first
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   * @param scale factor of the values before they are rounded
   */
  public static void halves(
      byte[] src, int from, boolean big, int[] dst, int to, int count, double scale) {
    for (int i = 0; i < count; i++) {
      short s = (short) SHORT.get(src, from + 2 * i);
      int bits = big ? Short.reverseBytes(s) : s;
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      double v =
          exponent == 0
              ? Math.scalb((double) fraction, -24)
              : exponent < 31
                  ? Math.scalb(1024.0 + fraction, exponent - 25)
                  : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      dst[to + i] = integer((bits < 0 ? -v : v) * scale);
    }
  }

  /**
   * IEEE single precision; rounded as {@link #integer}.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param big whether the high byte comes first
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   * @param scale factor of the values before they are rounded
   */
  public static void floats(
      byte[] src, int from, boolean big, int[] dst, int to, int count, double scale) {
    for (int i = 0; i < count; i++) {
      int bits = (int) INT.get(src, from + 4 * i);
      dst[to + i] = integer(scale * Float.intBitsToFloat(big ? Integer.reverseBytes(bits) : bits));
    }
  }

  /**
   * IEEE double precision; rounded as {@link #integer}.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param big whether the high byte comes first
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   * @param scale factor of the values before they are rounded
   */
  public static void doubles(
      byte[] src, int from, boolean big, int[] dst, int to, int count, double scale) {
    for (int i = 0; i < count; i++) {
      long bits = (long) LONG.get(src, from + 8 * i);
      dst[to + i] = integer(scale * Double.longBitsToDouble(big ? Long.reverseBytes(bits) : bits));
    }
  }

  /** The nearest integer, halves up, within 32 bits; the mark for what is no number. */
  private static int integer(double v) {
    double shifted = v + 0.5;
    int truncated = (int) shifted;
    // truncation is towards zero, also at the ends of the range
    int floor = truncated > shifted && truncated > Integer.MIN_VALUE ? truncated - 1 : truncated;
    return v == v ? floor : PixelMark.MASKED;
  }
}
