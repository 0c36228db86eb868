package org.mdx.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a pixel is stored, and how it becomes a 32-bit integer: unsigned 32-bit values above 2³¹ − 1
 * become that, fractions are rounded to the nearest integer (halves up), and what is no number
 * becomes −1, which does not count.
 */
public enum PixelType {
  /** Signed bytes. */
  INT8("int8", 1),
  /** Unsigned bytes. */
  UINT8("uint8", 1),
  /** Signed 16-bit integers. */
  INT16("int16", 2),
  /** Unsigned 16-bit integers. */
  UINT16("uint16", 2),
  /** Signed 32-bit integers. */
  INT32("int32", 4),
  /** Unsigned 32-bit integers. */
  UINT32("uint32", 4),
  /** IEEE half precision. */
  FLOAT16("float16", 2),
  /** IEEE single precision. */
  FLOAT32("float32", 4),
  /** IEEE double precision. */
  FLOAT64("float64", 8);

  /** Name as numpy has it. */
  public final String label;

  /** Bytes for one pixel. */
  public final int bytes;

  private static final VarHandle[] SHORT = handles(short[].class);
  private static final VarHandle[] INT = handles(int[].class);
  private static final VarHandle[] LONG = handles(long[].class);

  PixelType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  private static VarHandle[] handles(Class<?> array) {
    return new VarHandle[] {
      MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN),
      MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN)
    };
  }

  /**
   * Turns stored pixels into integers. Does not check that they lie in the arrays.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param order of the bytes of a pixel
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   */
  public void decode(byte[] src, int from, ByteOrder order, int[] dst, int to, int count) {
    int o = order == ByteOrder.BIG_ENDIAN ? 1 : 0;
    switch (this) {
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          dst[to + i] = src[from + i];
        }
      }
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          dst[to + i] = src[from + i] & 0xff;
        }
      }
      case INT16 -> shorts(src, from, SHORT[o], dst, to, count, 0);
      case UINT16 -> shorts(src, from, SHORT[o], dst, to, count, 0xffff);
      case INT32 -> ints(src, from, INT[o], dst, to, count, Integer.MIN_VALUE);
      case UINT32 -> ints(src, from, INT[o], dst, to, count, 0);
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          dst[to + i] = integer(half((short) SHORT[o].get(src, from + 2 * i)));
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          dst[to + i] = integer(Float.intBitsToFloat((int) INT[o].get(src, from + 4 * i)));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          dst[to + i] = integer(Double.longBitsToDouble((long) LONG[o].get(src, from + 8 * i)));
        }
      }
      default -> throw new IllegalStateException(label);
    }
  }

  /** Signed if mask is 0, otherwise its bits are kept. */
  private static void shorts(
      byte[] src, int from, VarHandle at, int[] dst, int to, int count, int mask) {
    int keep = mask == 0 ? -1 : mask;
    for (int i = 0; i < count; i++) {
      dst[to + i] = (short) at.get(src, from + 2 * i) & keep;
    }
  }

  /** Values below {@code min}, which only an unsigned type has, become 2³¹ − 1. */
  private static void ints(
      byte[] src, int from, VarHandle at, int[] dst, int to, int count, int min) {
    for (int i = 0; i < count; i++) {
      int v = (int) at.get(src, from + 4 * i);
      dst[to + i] = v < min ? Integer.MAX_VALUE : v;
    }
  }

  private static int integer(double v) {
    return Double.isNaN(v) ? -1 : (int) Math.max(Integer.MIN_VALUE, Math.floor(v + 0.5));
  }

  /** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double v =
        exponent == 31
            ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
            : exponent == 0
                ? Math.scalb((double) fraction, -24)
                : Math.scalb(1024.0 + fraction, exponent - 25);
    return bits < 0 ? -v : v;
  }
}
