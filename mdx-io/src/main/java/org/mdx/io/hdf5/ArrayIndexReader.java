package org.mdx.io.hdf5;

import java.nio.ByteBuffer;

/** Reads the fixed and extensible arrays that index chunks (specification, VII.C and VII.D). */
final class ArrayIndexReader {
  private final ChunkIndexReader reader;
  private final Store store;

  ArrayIndexReader(ChunkIndexReader reader, Store store) {
    this.reader = reader;
    this.store = store;
  }

  void fixed(long address) {
    int bytes = 8 + store.lengthBytes() + store.offsetBytes();
    Fields f = store.checked("fixed array", address, bytes).signature("FAHD");
    f.version("a fixed array", 0, 0);
    f.skip(1);
    int size = reader.elementSize(f.u8());
    int pageBits = f.u8();
    long n = f.length();
    long block = f.address();
    if (block == Fields.UNDEFINED || pageBits > 40) {
      return;
    }
    long perPage = 1L << pageBits;
    int head = 6 + store.offsetBytes();
    String what = "block of a fixed array";
    if (n <= perPage) {
      Fields in = store.checked(what, block, head + Math.multiplyExact(n, size));
      elements(in.signature("FADB").skip(head - 4), 0, n, size);
      return;
    }
    long pages = (n - 1) / perPage + 1;
    Fields exists = store.checked(what, block, head + (pages + 7) / 8).signature("FADB");
    exists.skip(head - 4);
    long at = block + head + (pages + 7) / 8 + Store.CHECKSUM;
    int bits = 0;
    for (long p = 0; p < pages; p++) {
      bits = p % 8 == 0 ? exists.u8() : bits;
      long count = Math.min(perPage, n - p * perPage);
      if ((bits & 0x80 >> p % 8) != 0) {
        page(at, p * perPage, count, size);
      }
      at += perPage * size + Store.CHECKSUM;
    }
  }

  private void page(long address, long first, long n, int size) {
    long bytes = Math.multiplyExact(n, (long) size);
    elements(store.checked("page of an array", address, bytes), first, n, size);
  }

  /** Elements one after the other; those behind the last chunk are passed over. */
  private void elements(Fields f, long first, long n, int size) {
    long most = Math.min(n, reader.end() - first);
    for (long i = 0; i < most; i++) {
      reader.element(f.part(size), first + i, size);
    }
  }

  void extensible(long address) {
    int bytes = 12 + 6 * store.lengthBytes() + store.offsetBytes();
    Fields f = store.checked("extensible array", address, bytes).signature("EAHD");
    f.version("an extensible array", 0, 0);
    f.skip(1);
    int size = reader.elementSize(f.u8());
    int bits = f.u8();
    int inIndex = f.u8();
    int leastElements = f.u8();
    int leastPointers = f.u8();
    int pageBits = f.u8();
    f.skip(6 * store.lengthBytes());
    long index = f.address();
    if (index == Fields.UNDEFINED) {
      return;
    }
    if (leastElements == 0 || leastPointers < 2 || bits > 64 || pageBits > 40) {
      throw new IllegalArgumentException("an extensible array of blocks without elements");
    }
    new Extensible(size, bits, leastElements, leastPointers, 1L << pageBits, reader.end())
        .read(index, inIndex);
  }

  /**
   * Elements in the index block, then data blocks whose addresses are there, then super blocks of
   * ever more and larger data blocks.
   */
  private final class Extensible {
    private final int size;
    private final int bits;
    private final int offsetBytes;
    private final int leastElements;
    private final int leastPointers;
    private final long perPage;
    private final long most;
    private long next;

    Extensible(int size, int bits, int leastElements, int leastPointers, long perPage, long most) {
      this.size = size;
      this.bits = bits;
      this.offsetBytes = (bits + 7) / 8;
      this.leastElements = leastElements;
      this.leastPointers = leastPointers;
      this.perPage = perPage;
      this.most = most;
    }

    void read(long address, int inIndex) {
      int inSuper = 2 * log2(leastPointers);
      int supers = 1 + bits - log2(leastElements);
      int addresses = 2 * (leastPointers - 1) + Math.max(0, supers - inSuper);
      int head = 6 + store.offsetBytes();
      int length = head + inIndex * size + addresses * store.offsetBytes();
      Fields f = store.checked("index block of an extensible array", address, length);
      f.signature("EAIB").skip(head - 4);
      elements(f.part((long) inIndex * size), 0, inIndex, size);
      next = inIndex;
      for (int s = 0; next < most && s < supers; s++) {
        long blocks = 1L << s / 2;
        long elements = (1L << (s + 1) / 2) * leastElements;
        if (s < inSuper) {
          for (long b = 0; b < blocks && next < most; b++) {
            data(f.address(), elements, null, 0);
          }
        } else {
          superBlock(f.address(), blocks, elements);
        }
      }
    }

    private void superBlock(long address, long blocks, long elements) {
      if (address == Fields.UNDEFINED) {
        next += blocks * elements;
        return;
      }
      reader.visit(address);
      long pages = elements > perPage ? elements / perPage : 0;
      int bytes = Math.toIntExact((pages + 7) / 8);
      int head = 6 + store.offsetBytes() + offsetBytes;
      long body = Math.multiplyExact(blocks, (long) bytes + store.offsetBytes());
      Fields f = store.checked("super block of an extensible array", address, head + body);
      f.signature("EASB").skip(head - 4);
      // the map has whole bytes for each block, but its bits follow one another
      ByteBuffer map = f.part(blocks * bytes).buffer();
      for (long b = 0; b < blocks && next < most; b++) {
        data(f.address(), elements, pages > 0 ? map : null, Math.toIntExact(b * pages));
      }
    }

    /** A block of elements, with pages if there is a map of those that were written. */
    private void data(long address, long elements, ByteBuffer map, int firstBit) {
      if (address == Fields.UNDEFINED) {
        next += elements;
        return;
      }
      reader.visit(address);
      int head = 6 + store.offsetBytes() + offsetBytes;
      long body = map == null ? Math.multiplyExact(elements, (long) size) : 0;
      Fields f = store.checked("block of an extensible array", address, head + body);
      f.signature("EADB").skip(head - 4);
      if (map == null) {
        elements(f, next, elements, size);
        next += elements;
        return;
      }
      long at = address + head + Store.CHECKSUM;
      for (int p = 0; p < elements / perPage; p++) {
        int bit = firstBit + p;
        if ((map.get(bit / 8) & 0x80 >> bit % 8) != 0 && next < most) {
          page(at, next, perPage, size);
        }
        next += perPage;
        at += perPage * size + Store.CHECKSUM;
      }
    }

    private static int log2(int v) {
      return 31 - Integer.numberOfLeadingZeros(v);
    }
  }
}
