package org.mdx.io.hdf5.element;

import java.nio.ByteBuffer;

/** Elements that are written one by one. */
record IndexedElements(ElementType type, long size, IndexedElements.Put put) implements Elements {

  /** Writes the element with an index. */
  @FunctionalInterface
  interface Put {
    void element(int index, ByteBuffer to);
  }

  @Override
  public void put(long from, int count, ByteBuffer to) {
    int first = Math.toIntExact(from);
    for (int i = first; i < first + count; i++) {
      put.element(i, to);
    }
  }
}
