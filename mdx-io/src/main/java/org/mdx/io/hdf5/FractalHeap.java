package org.mdx.io.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** Objects of a fractal heap: names and attributes of large groups (specification, III.G). */
final class FractalHeap {
  /** Type of the tree of such objects that are not compressed. */
  private static final int HUGE_OBJECTS = 1;

  private static final int FLAG_CHECKSUMS = 2;

  private final Store store;
  private final Set<Long> compared = new HashSet<>();
  private final boolean checksums;
  private final int maximumHeapBits;
  private final int width;
  private final long startingBlock;
  private final long maximumDirectBlock;
  private final long root;
  private final int rootRows;
  private final int blockOffsetBytes;
  private final int lengthBytes;
  private final int idBytes;
  private final long hugeTree;

  FractalHeap(Store store, long address) {
    this.store = store;
    Fields f = store.at(address, 9).signature("FRHP");
    f.version("a fractal heap", 0, 0);
    idBytes = f.u16();
    if (f.u16() > 0) {
      throw new IllegalArgumentException("a compressed fractal heap");
    }
    int bytes = 22 + 3 * store.offsetBytes() + 12 * store.lengthBytes();
    f = store.checked("fractal heap", address, bytes).skip(9);
    checksums = (f.u8() & FLAG_CHECKSUMS) != 0;
    long largest = f.u32();
    f.length();
    hugeTree = f.address();
    f.skip(store.offsetBytes() + 9 * store.lengthBytes());
    width = f.u16();
    startingBlock = f.length();
    maximumDirectBlock = f.length();
    maximumHeapBits = f.u16();
    f.skip(2);
    root = f.address();
    rootRows = f.u16();
    if (width == 0 || startingBlock <= 0 || maximumHeapBits > 64 || maximumHeapBits == 0) {
      throw new IllegalArgumentException("a fractal heap of width " + width);
    }
    blockOffsetBytes = (maximumHeapBits + 7) / 8;
    long most = Math.min(maximumDirectBlock, largest);
    lengthBytes = (63 - Long.numberOfLeadingZeros(Math.max(1, most))) / 8 + 1;
  }

  /** The bytes of an object. */
  Fields object(Fields id) {
    int flags = id.u8();
    int kind = flags >> 4 & 3;
    if (kind == 2) {
      return id.part((flags & 0xf) + 1);
    }
    if (kind == 3 || flags >> 6 != 0) {
      throw new IllegalArgumentException("an object of a fractal heap of an unknown kind");
    }
    if (kind == 1) {
      return huge(id);
    }
    long offset = id.uint(blockOffsetBytes);
    long length = id.uint(lengthBytes);
    return find(offset, length);
  }

  /** An object too large for the blocks: its ID has its place, or the key to it in a tree. */
  private Fields huge(Fields id) {
    if (idBytes - 1 >= store.offsetBytes() + store.lengthBytes()) {
      long address = id.address();
      return store.at(address, id.length());
    }
    long key = id.uint(Math.min(Long.BYTES, idBytes - 1));
    Fields[] found = {null};
    BTree2.walk(
        store,
        hugeTree,
        HUGE_OBJECTS,
        record -> {
          long address = record.address();
          long length = record.length();
          if (record.length() == key) {
            found[0] = store.at(address, length);
          }
        });
    if (found[0] == null) {
      throw new IllegalArgumentException("no object " + key + " of a fractal heap");
    }
    return found[0];
  }

  private Fields find(long target, long length) {
    long address = root;
    int rows = rootRows;
    long from = 0;
    long block = startingBlock;
    for (int level = 0; level < 64; level++) {
      if (rows == 0) {
        compareDirect(address, block);
        return store.at(address + (target - from), length);
      }
      compareIndirect(address, rows);
      int row = 0;
      long size = startingBlock;
      long rowFrom = from;
      while (target - rowFrom >= size * width) {
        rowFrom += size * width;
        size = row == 0 ? size : 2 * size;
        if (++row >= rows || size <= 0) {
          throw new IllegalArgumentException("no block of a heap for offset " + target);
        }
      }
      long column = (target - rowFrom) / size;
      long head = 5 + store.offsetBytes() + blockOffsetBytes;
      long entry = head + (row * (long) width + column) * store.offsetBytes();
      address = store.at(address + entry, store.offsetBytes()).address();
      from = rowFrom + column * size;
      block = size;
      rows = size <= maximumDirectBlock ? 0 : rowsOf(size);
    }
    throw new IllegalArgumentException("a fractal heap without end");
  }

  private void compareIndirect(long address, int rows) {
    if (compared.add(address)) {
      long length = 5 + store.offsetBytes() + blockOffsetBytes;
      length += (long) rows * width * store.offsetBytes();
      store.checked("indirect block of a fractal heap", address, length).signature("FHIB");
    }
  }

  /** The checksum is among the bytes that it sums, with zeros in its place. */
  private void compareDirect(long address, long size) {
    if (!compared.add(address)) {
      return;
    }
    store.at(address, 4).signature("FHDB");
    if (checksums) {
      byte[] bytes = store.at(address, size).rest();
      ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int at = 5 + store.offsetBytes() + blockOffsetBytes;
      int stored = b.getInt(at);
      b.putInt(at, 0);
      store.compare("direct block of a fractal heap", address, stored, b);
    }
  }

  /** Rows of an indirect block that spans a number of bytes. */
  private int rowsOf(long size) {
    int first = 63 - Long.numberOfLeadingZeros(startingBlock * width);
    return 63 - Long.numberOfLeadingZeros(size) - first + 1;
  }
}
