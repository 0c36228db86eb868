package org.mdx.io.internal.hdf5.structure;

/** Objects of the global heap: texts and the maps of virtual datasets (specification, III.E). */
public final class GlobalHeapReader {
  private GlobalHeapReader() {}

  /** The bytes of an object. */
  public static Fields object(Source in, long collection, long index) {
    Fields head = in.fields(collection, 8 + in.lengthBytes()).signature("GCOL").skip(4);
    long size = head.length();
    Fields f = in.fields(collection, size).skip(8 + in.lengthBytes());
    int entry = 8 + in.lengthBytes();
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
  public static String text(Source in, Fields reference) {
    long length = reference.u32();
    long collection = reference.address();
    long index = reference.u32();
    return length == 0 || collection == 0 || collection == Fields.UNDEFINED
        ? ""
        : object(in, collection, index).text(length);
  }
}
