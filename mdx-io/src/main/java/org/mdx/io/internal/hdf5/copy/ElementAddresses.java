package org.mdx.io.internal.hdf5.copy;

import java.util.ArrayList;
import java.util.List;
import org.mdx.io.internal.hdf5.structure.Cursor;

/**
 * Where the elements of a datatype hold addresses: references to objects, references to regions,
 * and sequences of variable length, also inside compounds and arrays (specification, IV.A.2.d).
 *
 * @param bytes size of an element
 * @param slots places of addresses in it
 */
record ElementAddresses(long bytes, List<Slot> slots) {

  /** What lies at a place of an element. */
  enum Kind {
    OBJECT,
    REGION,
    SEQUENCE,
    ARRAY
  }

  /**
   * One place.
   *
   * @param offset in the element
   * @param count of elements of an array
   * @param base elements of a sequence or array; null for references
   */
  record Slot(Kind kind, long offset, long count, ElementAddresses base) {}

  private static final int MAXIMUM_DEPTH = 32;

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** Reads a datatype message. */
  static ElementAddresses read(Cursor c) {
    return read(c, 0);
  }

  private static ElementAddresses read(Cursor c, int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw new IllegalArgumentException("a datatype of more than " + MAXIMUM_DEPTH + " levels");
    }
    int first = c.u8();
    int version = first >> 4;
    int bits = (int) c.uint(3);
    long size = c.u32();
    List<Slot> slots = new ArrayList<>();
    switch (first & 0xf) {
      case 0, 4 -> c.skip(4);
      case 1 -> c.skip(12);
      case 2 -> c.skip(2);
      case 3 -> {}
      case 5 -> c.skip(bits & 0xff);
      case 6 -> compound(c, version, bits & 0xffff, size, slots, depth);
      case 7 -> {
        if ((bits & 0xf) > 1) {
          throw new IllegalArgumentException("references of the kind of HDF5 1.12");
        }
        slots.add(new Slot((bits & 0xf) == 0 ? Kind.OBJECT : Kind.REGION, 0, 1, null));
      }
      case 8 -> {
        ElementAddresses base = read(c, depth + 1);
        for (int i = 0; i < (bits & 0xffff); i++) {
          name(c, version);
        }
        c.skip((bits & 0xffff) * base.bytes);
      }
      case 9 -> slots.add(new Slot(Kind.SEQUENCE, 0, 1, read(c, depth + 1)));
      case 10 -> array(c, version, slots, depth);
      default -> throw new IllegalArgumentException("a datatype of class " + (first & 0xf));
    }
    if (version < 1 || version > 4) {
      throw new IllegalArgumentException("a datatype of version " + version);
    }
    return new ElementAddresses(size, List.copyOf(slots));
  }

  private static void name(Cursor c, int version) {
    int n = c.terminated() + 1;
    c.skip(version < 3 ? -n & 7 : 0);
  }

  private static void compound(
      Cursor c, int version, int members, long size, List<Slot> slots, int depth) {
    for (int i = 0; i < members; i++) {
      name(c, version);
      long offset = version < 3 ? c.u32() : c.uint(bytesFor(size));
      long count = 1;
      if (version == 1) {
        int rank = c.u8();
        c.skip(11);
        for (int a = 0; a < 4; a++) {
          long n = c.u32();
          count = a < rank ? Math.multiplyExact(count, n) : count;
        }
      }
      ElementAddresses member = read(c, depth + 1);
      for (Slot s : count == 1 ? member.slots : List.<Slot>of()) {
        slots.add(new Slot(s.kind, offset + s.offset, s.count, s.base));
      }
      if (count != 1 && !member.isEmpty()) {
        slots.add(new Slot(Kind.ARRAY, offset, count, member));
      }
    }
  }

  private static int bytesFor(long size) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, size))) / 8 + 1;
  }

  private static void array(Cursor c, int version, List<Slot> slots, int depth) {
    int rank = c.u8();
    c.skip(version < 3 ? 3 : 0);
    long count = 1;
    for (int a = 0; a < rank; a++) {
      count = Math.multiplyExact(count, c.u32());
    }
    c.skip(version < 3 ? 4L * rank : 0);
    ElementAddresses base = read(c, depth + 1);
    if (!base.isEmpty()) {
      slots.add(new Slot(Kind.ARRAY, 0, count, base));
    }
  }
}
