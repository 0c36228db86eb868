package org.mdx.io.internal.hdf5.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.mdx.io.hdf5.element.ElementType;

/** What headers say of the types that are written. */
public final class DatatypeMessage {
  private DatatypeMessage() {}

  /** The datatype message (HDF5 file format specification, IV.A.2.d), version 1. */
  public static byte[] of(ElementType type) {
    return switch (type) {
      case BOOL -> truth();
      case INT32 -> fixedPoint(4);
      case INT64 -> fixedPoint(8);
      case FLOAT32 -> floatingPoint(4, 23, 8, 127);
      case FLOAT64 -> floatingPoint(8, 52, 11, 1023);
    };
  }

  private static byte[] fixedPoint(int size) {
    ByteBuffer b = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x10).put((byte) 0x08).putShort((short) 0); // class 0, signed
    b.putInt(size).putShort((short) 0).putShort((short) (8 * size));
    return b.array();
  }

  private static byte[] truth() {
    ByteBuffer b = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x18).put((byte) 2).putShort((short) 0).putInt(1); // class 8, two members
    b.put(fixedPoint(1));
    b.put("FALSE".getBytes(StandardCharsets.US_ASCII)).position(28);
    b.put("TRUE".getBytes(StandardCharsets.US_ASCII)).position(36);
    b.put((byte) 0).put((byte) 1);
    return b.array();
  }

  private static byte[] floatingPoint(int size, int mantissa, int exponent, int bias) {
    ByteBuffer b = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x11).put((byte) 0x20).put((byte) (8 * size - 1)).put((byte) 0);
    b.putInt(size).putShort((short) 0).putShort((short) (8 * size));
    b.put((byte) mantissa).put((byte) exponent).put((byte) 0).put((byte) mantissa);
    b.putInt(bias);
    return b.array();
  }
}
