package org.mdx.io.image;

import java.nio.ByteOrder;
import org.mdx.io.internal.codec.StoredPixels;

/**
 * The stored form of a pixel, and its conversion to a 32-bit integer: unsigned 32-bit values above
 * 2³¹ − 1 become that, fractions are rounded to the nearest integer (halves up), and what is no
 * number becomes {@link org.mdx.image.Pixels#MASKED}, which does not count.
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

  PixelType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /**
   * Whether pixels are real numbers.
   *
   * @return false for integers
   */
  public boolean isReal() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
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
    decode(src, from, order, 0, dst, to, count);
  }

  /**
   * Turns stored pixels into integers, real numbers into whole numbers of steps. Does not check
   * that they lie in the arrays.
   *
   * @param src stored pixels
   * @param from index of the first byte
   * @param order of the bytes of a pixel
   * @param fractionBits a step is 2 to the power of minus this; integers do not look at it
   * @param dst receives the integers
   * @param to index of the first
   * @param count how many
   */
  public void decode(
      byte[] src, int from, ByteOrder order, int fractionBits, int[] dst, int to, int count) {
    double scale = Math.scalb(1.0, fractionBits);
    boolean big = order == ByteOrder.BIG_ENDIAN;
    switch (this) {
      case INT8 -> StoredPixels.bytes(src, from, -1, dst, to, count);
      case UINT8 -> StoredPixels.bytes(src, from, 0xff, dst, to, count);
      case INT16 -> StoredPixels.shorts(src, from, big, -1, dst, to, count);
      case UINT16 -> StoredPixels.shorts(src, from, big, 0xffff, dst, to, count);
      case INT32 -> StoredPixels.ints(src, from, big, dst, to, count);
      case UINT32 -> {
        StoredPixels.ints(src, from, big, dst, to, count);
        StoredPixels.bound(dst, to, count);
      }
      case FLOAT16 -> StoredPixels.halves(src, from, big, dst, to, count, scale);
      case FLOAT32 -> StoredPixels.floats(src, from, big, dst, to, count, scale);
      case FLOAT64 -> StoredPixels.doubles(src, from, big, dst, to, count, scale);
      default -> throw new IllegalStateException(label);
    }
  }
}
