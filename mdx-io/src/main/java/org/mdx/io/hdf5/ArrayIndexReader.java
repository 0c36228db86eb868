package org.mdx.io.hdf5;

/** Reads the fixed and extensible arrays that index chunks (specification, VII.C and VII.D). */
final class ArrayIndexReader {
  private static final int CHECKSUM = 4;

  /** More than 255 elements and the addresses of blocks can take. */
  private static final int MAXIMUM_INDEX_BLOCK = 1 << 14;

  private final ChunkIndexReader reader;
  private final Store store;

  ArrayIndexReader(ChunkIndexReader reader, Store store) {
    this.reader = reader;
    this.store = store;
  }

  void fixed(long address) {
    Fields f = store.upTo(address, 64).signature("FAHD");
    f.version("a fixed array", 0, 0);
    f.skip(1);
    int size = reader.elementSize(f.u8());
    int pageBits = f.u8();
    long n = Math.min(f.length(), reader.chunks());
    long block = f.address();
    if (block == Fields.UNDEFINED || pageBits > 40) {
      return;
    }
    long perPage = 1L << pageBits;
    long at = block + 6 + store.offsetBytes();
    store.at(block, 4).signature("FADB");
    if (n <= perPage) {
      elements(at, 0, n, size);
      return;
    }
    long pages = (n + perPage - 1) / perPage;
    Fields exists = store.at(at, (pages + 7) / 8);
    at += (pages + 7) / 8 + CHECKSUM;
    int bits = 0;
    for (long p = 0; p < pages; p++) {
      bits = p % 8 == 0 ? exists.u8() : bits;
      long count = Math.min(perPage, n - p * perPage);
      if ((bits & 0x80 >> p % 8) != 0) {
        elements(at, p * perPage, count, size);
      }
      at += perPage * size + CHECKSUM;
    }
  }

  private void elements(long address, long first, long n, int size) {
    Fields f = store.at(address, Math.multiplyExact(n, (long) size));
    for (long i = 0; i < n; i++) {
      reader.element(f.part(size), first + i, size);
    }
  }

  void extensible(long address) {
    Fields f = store.upTo(address, 128).signature("EAHD");
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
    if (leastElements == 0 || leastPointers == 0 || bits > 64 || pageBits > 40) {
      throw new IllegalArgumentException("an extensible array of blocks without elements");
    }
    new Extensible(size, bits, leastElements, leastPointers, 1L << pageBits, reader.chunks())
        .read(index, inIndex);
  }

  /**
   * Elements in the index block, then data blocks whose addresses are there, then super blocks of
   * ever more and larger data blocks.
   */
  private final class Extensible {
    private final int size;
    private final int offsetBytes;
    private final int leastElements;
    private final int leastPointers;
    private final long perPage;
    private final long most;
    private long next;

    Extensible(int size, int bits, int leastElements, int leastPointers, long perPage, long most) {
      this.size = size;
      this.offsetBytes = (bits + 7) / 8;
      this.leastElements = leastElements;
      this.leastPointers = leastPointers;
      this.perPage = perPage;
      this.most = most;
    }

    void read(long address, int inIndex) {
      Fields f = store.upTo(address, MAXIMUM_INDEX_BLOCK).signature("EAIB");
      f.skip(2 + store.offsetBytes());
      for (int i = 0; i < inIndex; i++) {
        Fields element = f.part(size);
        if (next < most) {
          reader.element(element, next, size);
        }
        next++;
      }
      int inSuper = 2 * (63 - Long.numberOfLeadingZeros(leastPointers));
      for (int s = 0; next < most && s < 64; s++) {
        long blocks = 1L << s / 2;
        long elements = (1L << (s + 1) / 2) * leastElements;
        if (s < inSuper) {
          for (long b = 0; b < blocks && next < most; b++) {
            data(f.address(), elements, null);
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
      Fields f = store.at(address, head + body).signature("EASB").skip(head - 4);
      Fields exists = f.part(blocks * bytes);
      for (long b = 0; b < blocks && next < most; b++) {
        Fields bits = exists.part(bytes);
        data(f.address(), elements, pages > 0 ? bits : null);
      }
    }

    private void data(long address, long elements, Fields exists) {
      if (address == Fields.UNDEFINED) {
        next += elements;
        return;
      }
      reader.visit(address);
      store.at(address, 4).signature("EADB");
      long at = address + 6 + store.offsetBytes() + offsetBytes;
      if (exists == null) {
        elements(at, next, Math.min(elements, most - next), size);
        next += elements;
        return;
      }
      at += CHECKSUM;
      int bits = 0;
      for (long p = 0; p < elements / perPage; p++) {
        bits = p % 8 == 0 ? exists.u8() : bits;
        if ((bits & 0x80 >> p % 8) != 0 && next < most) {
          elements(at, next, Math.min(perPage, most - next), size);
        }
        next += perPage;
        at += perPage * size + CHECKSUM;
      }
    }
  }
}
