package org.mdx.io.hdf5;

/** Objects of the global heap: texts and the maps of virtual datasets (specification, III.E). */
final class GlobalHeapReader {
  private GlobalHeapReader() {}

  /** The bytes of an object. */
  static Fields object(Store store, long collection, long index) {
    Fields head = store.at(collection, 8 + store.lengthBytes()).signature("GCOL").skip(4);
    long size = head.length();
    Fields f = store.at(collection, size).skip(8 + store.lengthBytes());
    int entry = 8 + store.lengthBytes();
    while (f.remaining() >= entry) {
      int found = f.u16();
      f.skip(6);
      long length = f.length();
      if (found == 0) {
        break;
      }
      Fields object = f.part(length);
      if (found == index) {
        return object;
      }
      f.skip((int) Math.min(-length & 7, f.remaining()));
    }
    throw new IllegalArgumentException("no object " + index + " in the heap at " + collection);
  }

  /** The text that a reference of 16 bytes or so stands for. */
  static String text(Store store, Fields reference) {
    long length = reference.u32();
    long collection = reference.address();
    long index = reference.u32();
    return length == 0 || collection == 0 || collection == Fields.UNDEFINED
        ? ""
        : object(store, collection, index).text(length);
  }
}
