package org.mdx.io;

import java.nio.ByteBuffer;

/** Numbers as binary formats store them, in either byte order. */
public enum NumberType {
  /** Signed byte. */
  INT8(1),
  /** Unsigned byte. */
  UINT8(1),
  /** Signed 16-bit integer. */
  INT16(2),
  /** Unsigned 16-bit integer. */
  UINT16(2),
  /** Signed 32-bit integer. */
  INT32(4),
  /** Unsigned 32-bit integer. */
  UINT32(4),
  /** Signed 64-bit integer. */
  INT64(8),
  /** Unsigned 64-bit integer. */
  UINT64(8),
  /** IEEE 754 single precision. */
  FLOAT32(4),
  /** IEEE 754 double precision. */
  FLOAT64(8);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Size of one number.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Reads one number, rounded to single precision.
   *
   * @param from in its byte order; the position moves behind the number
   * @return the number
   */
  public float next(ByteBuffer from) {
    return switch (this) {
      case INT8 -> from.get();
      case UINT8 -> from.get() & 0xFF;
      case INT16 -> from.getShort();
      case UINT16 -> from.getShort() & 0xFFFF;
      case INT32 -> from.getInt();
      case UINT32 -> from.getInt() & 0xFFFFFFFFL;
      case INT64 -> from.getLong();
      case UINT64 -> unsigned(from.getLong());
      case FLOAT32 -> from.getFloat();
      case FLOAT64 -> (float) from.getDouble();
    };
  }

  private static float unsigned(long v) {
    return v >= 0 ? v : (float) ((v >>> 1 | v & 1) * 2.0);
  }
}
