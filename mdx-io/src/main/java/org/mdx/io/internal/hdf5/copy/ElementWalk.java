package org.mdx.io.internal.hdf5.copy;

import java.util.HashSet;
import java.util.Set;
import org.mdx.io.internal.hdf5.structure.Cursor;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.Structures;

/** Finds the addresses in stored elements, and in the heaps that these lead to. */
final class ElementWalk {
  private final PagedBytes in;
  private final Structures structures;
  private final Set<Long> collections = new HashSet<>();
  private final Set<String> objects = new HashSet<>();

  ElementWalk(PagedBytes in, Structures structures) {
    this.in = in;
    this.structures = structures;
  }

  /** Reports the addresses in neighbouring elements. */
  void elements(long at, long count, ElementAddresses type) {
    if (type.isEmpty() || count == 0) {
      return;
    }
    in.check(at, Math.multiplyExact(count, type.bytes()));
    for (long i = 0; i < count; i++) {
      element(at + i * type.bytes(), type);
    }
  }

  private void element(long at, ElementAddresses type) {
    for (ElementAddresses.Slot s : type.slots()) {
      long place = at + s.offset();
      switch (s.kind()) {
        case ARRAY -> elements(place, s.count(), s.base());
        case OBJECT -> pointer(place);
        case REGION -> {
          if (pointer(place)) {
            pointer(object(in.uint(place, 8), in.uint(place + 8, 4), 8));
          }
        }
        case SEQUENCE -> sequence(place, s.base());
        default -> throw new IllegalStateException(s.toString());
      }
    }
  }

  /** Reports an address; false if there is none. */
  private boolean pointer(long at) {
    long v = in.uint(at, 8);
    if (v == 0 || v == Fields.UNDEFINED) {
      return false;
    }
    structures.pointer(at, v);
    return true;
  }

  private void sequence(long at, ElementAddresses base) {
    long count = in.uint(at, 4);
    if (!pointer(at + 4)) {
      return;
    }
    long collection = in.uint(at + 4, 8);
    long index = in.uint(at + 12, 4);
    collection(collection);
    if (count > 0 && !base.isEmpty() && objects.add(collection + " " + index)) {
      elements(object(collection, index, Math.multiplyExact(count, base.bytes())), count, base);
    }
  }

  /** A collection of the global heap; returns its size. */
  private long collection(long address) {
    Cursor c = new Cursor(in, structures, address).signature("GCOL").skip(4);
    long size = c.length();
    if (collections.add(address)) {
      structures.extent(address, size);
    }
    return size;
  }

  /** Reports the map of a virtual dataset, which has no addresses of its own. */
  void heapReference(Cursor c) {
    long address = c.pointer();
    c.skip(4);
    if (address != Fields.UNDEFINED && address != 0) {
      collection(address);
    }
  }

  /** Where an object of the global heap begins. */
  private long object(long address, long index, long least) {
    long end = address + collection(address);
    long at = address + 16;
    while (at + 16 <= end) {
      int found = (int) in.uint(at, 2);
      long size = in.uint(at + 8, 8);
      if (found == 0 || size < 0 || size > end - at - 16) {
        break;
      }
      if (found == index) {
        if (size < least) {
          throw new IllegalArgumentException(size + " of " + least + " bytes in the heap");
        }
        return at + 16;
      }
      at += 16 + (size + 7 & -8L);
    }
    throw new IllegalArgumentException("no object " + index + " in the heap at " + address);
  }
}
