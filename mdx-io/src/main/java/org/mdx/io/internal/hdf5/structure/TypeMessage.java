package org.mdx.io.internal.hdf5.structure;

import java.nio.ByteOrder;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.hdf5.element.StoredType.Kind;

/** Reads datatype messages. */
public final class TypeMessage {
  private TypeMessage() {}

  /** Reads a datatype message (specification, IV.A.2.d). */
  public static StoredType read(Fields f) {
    int first = f.u8();
    int type = first & 0xf;
    int bits = (int) f.uint(3);
    int size = (int) f.u32();
    ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    if (size <= 0) {
      throw new IllegalArgumentException("elements of " + size + " bytes");
    }
    return switch (type) {
      case 0 -> {
        boolean plain = f.u16() == 0 && f.u16() == 8L * size;
        boolean known = plain && size <= 8 && Integer.bitCount(size) == 1;
        yield new StoredType(
            !known ? Kind.OTHER : (bits & 8) != 0 ? Kind.SIGNED : Kind.UNSIGNED, size, order);
      }
      case 1 -> {
        f.skip(5);
        int exponent = f.u8();
        f.skip(1);
        int mantissa = f.u8();
        boolean known =
            (bits & 0x40) == 0
                && (size == 4 && exponent == 8 && mantissa == 23
                    || size == 8 && exponent == 11 && mantissa == 52);
        yield new StoredType(known ? Kind.FLOAT : Kind.OTHER, size, order);
      }
      case 3 -> new StoredType(Kind.TEXT, size, ByteOrder.LITTLE_ENDIAN);
      case 8 -> {
        StoredType base = read(f);
        yield new StoredType(base.isInteger() ? Kind.ENUM : Kind.OTHER, size, base.order());
      }
      case 9 ->
          new StoredType(
              (bits & 0xf) == 1 ? Kind.REFERRED_TEXT : Kind.OTHER, size, ByteOrder.LITTLE_ENDIAN);
      default -> new StoredType(Kind.OTHER, size, ByteOrder.LITTLE_ENDIAN);
    };
  }
}
