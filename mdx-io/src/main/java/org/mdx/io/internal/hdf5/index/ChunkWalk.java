package org.mdx.io.internal.hdf5.index;

import org.mdx.io.internal.hdf5.structure.BTree2Walk;
import org.mdx.io.internal.hdf5.structure.Cursor;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.Layout;
import org.mdx.io.internal.hdf5.structure.Source;
import org.mdx.io.internal.hdf5.structure.Structures;
import org.mdx.io.internal.hdf5.structure.Visited;

/**
 * Walks the index of a chunked dataset of any kind where it is (specification, III.A.1, VII.C and
 * VII.D).
 */
public final class ChunkWalk {
  private static final int CHECKSUM = 4;

  /**
   * Takes a chunk: its number in the grid (−1 outside), address, stored bytes, left-out filters.
   */
  @FunctionalInterface
  public interface Chunks {
    void take(long number, long address, long size, int mask);
  }

  private final Source in;
  private final Structures structures;
  private final ChunkShape chunks;
  private final long[] shape;
  private final int[] chunk;
  private final long[] counts;
  private final boolean filtered;
  private final int treeK;
  private final Chunks sink;
  private final Visited visited = new Visited();
  private ChunkOrder order;

  /**
   * A walk.
   *
   * @param treeK half the children of a node in a B-tree of version 1
   */
  public ChunkWalk(Source in, Structures structures, ChunkShape chunks, int treeK, Chunks sink) {
    this.in = in;
    this.structures = structures;
    this.chunks = chunks;
    this.shape = chunks.shape();
    this.chunk = chunks.chunk();
    this.counts = chunks.counts();
    this.filtered = chunks.filtered();
    this.treeK = treeK;
    this.sink = sink;
  }

  /** Walks the index, whose address the caller has reported. */
  public void walk(Layout.Chunked layout) {
    long address = layout.address();
    if (address == Fields.UNDEFINED) {
      return;
    }
    if (layout.index() >= 2 && layout.index() <= 4) {
      order = new ChunkOrder(counts, chunks.greatest(), chunk);
    }
    switch (layout.index()) {
      case 0 -> tree(address, 256);
      case 1 ->
          sink.take(
              0,
              address,
              layout.singleSize() < 0 ? chunks.chunkBytes() : layout.singleSize(),
              layout.singleMask());
      case 2 -> implicit(address);
      case 3 -> fixed(address);
      case 4 -> extensible(address);
      case 5 -> BTree2Walk.walk(in, structures, address, filtered ? 11 : 10, 0, this::record);
      default -> throw new IllegalArgumentException("a chunk index " + layout.index());
    }
  }

  private void tree(long address, int below) {
    visited.add(address);
    Cursor c = new Cursor(in, structures, address).signature("TREE");
    int type = c.u8();
    int level = c.u8();
    int n = c.u16();
    if (type != 1 || level >= below || n > 2 * treeK) {
      throw new IllegalArgumentException("a tree of chunks with a node of another kind");
    }
    int key = 8 + 8 * (shape.length + 1);
    structures.extent(address, 24 + (2L * treeK + 1) * key + 2L * treeK * 8);
    c.pointer();
    c.pointer();
    for (int i = 0; i < n; i++) {
      long size = c.u32();
      int mask = (int) c.u32();
      long number = 0;
      for (int a = 0; a < shape.length; a++) {
        long offset = c.uint(8);
        if (level == 0 && (offset < 0 || offset % chunk[a] != 0)) {
          throw new IllegalArgumentException("a chunk at " + offset + " on axis " + a);
        }
        boolean inside = number >= 0 && offset >= 0 && offset < shape[a];
        number = inside ? number * counts[a] + offset / chunk[a] : -1;
      }
      c.skip(8);
      long child = c.pointer();
      if (level > 0) {
        tree(child, level);
      } else {
        sink.take(number, child, size, mask);
      }
    }
  }

  private void implicit(long address) {
    long n = Dataspace.size(counts);
    long bytes = chunks.chunkBytes();
    in.check(address, Math.multiplyExact(n, bytes));
    for (long i = 0; i < n; i++) {
      sink.take(i, address + Math.multiplyExact(order.index(i), bytes), bytes, 0);
    }
  }

  private void record(long at, int recordSize) {
    Cursor c = new Cursor(in, structures, at);
    long address = c.pointer();
    int sizeBytes = recordSize - in.offsetBytes() - 4 - 8 * shape.length;
    long size = filtered ? c.uint(sizeBytes(sizeBytes)) : chunks.chunkBytes();
    int mask = filtered ? (int) c.u32() : 0;
    long number = 0;
    for (int a = 0; a < shape.length; a++) {
      long scaled = c.uint(8);
      boolean inside = number >= 0 && scaled >= 0 && scaled < counts[a];
      number = inside ? number * counts[a] + scaled : -1;
    }
    sink.take(number, address, size, mask);
  }

  private static int sizeBytes(int n) {
    if (n < 1 || n > 8) {
      throw new IllegalArgumentException("sizes of " + n + " bytes");
    }
    return n;
  }

  private int elementSize(int claimed) {
    int rest = claimed - in.offsetBytes();
    if (filtered ? rest < 5 || rest > 12 : rest != 0) {
      throw new IllegalArgumentException("index elements of " + claimed + " bytes");
    }
    return claimed;
  }

  private void elements(Cursor c, long first, long n, int size) {
    long chunkBytes = chunks.chunkBytes();
    for (long i = first; i < first + n; i++) {
      long address = c.pointer();
      long bytes = filtered ? c.uint(size - in.offsetBytes() - 4) : chunkBytes;
      int mask = filtered ? (int) c.u32() : 0;
      if (address != Fields.UNDEFINED) {
        sink.take(order.number(i), address, bytes, mask);
      }
    }
  }

  private void fixed(long address) {
    Cursor c = new Cursor(in, structures, address).signature("FAHD");
    c.version("a fixed array", 0, 0);
    c.skip(1);
    int size = elementSize(c.u8());
    int pageBits = c.u8();
    long n = c.length();
    long block = c.pointer();
    structures.checksum(address, c.at());
    structures.extent(address, c.at() + CHECKSUM - address);
    if (block == Fields.UNDEFINED) {
      return;
    }
    if (pageBits > 40) {
      throw new IllegalArgumentException("pages of 2^" + pageBits + " elements");
    }
    long perPage = 1L << pageBits;
    Cursor b = new Cursor(in, structures, block).signature("FADB").skip(2);
    b.pointer();
    if (n > perPage) {
      paged(b, block, 0, n, size, perPage, 8 * b.at(), true);
      return;
    }
    summed(block, b.at() + n * size);
    elements(b, 0, n, size);
  }

  /** A structure that ends with its checksum. */
  private void summed(long from, long end) {
    structures.checksum(from, end);
    structures.extent(from, end + CHECKSUM - from);
  }

  /**
   * Pages of elements, of which a map of bits tells those that were written.
   *
   * @param map the first bit, counted from the beginning of the file
   */
  private void paged(
      Cursor b, long block, long first, long n, int size, long perPage, long map, boolean own) {
    long pages = (n + perPage - 1) / perPage;
    if (own) {
      b.skip((pages + 7) / 8);
    }
    structures.checksum(block, b.at());
    b.skip(CHECKSUM);
    for (long p = 0; p < pages; p++) {
      long count = Math.min(perPage, n - p * perPage);
      if ((in.u8((map + p) / 8) & 0x80 >> (map + p) % 8) != 0) {
        structures.checksum(b.at(), b.at() + count * size);
        elements(b, first + p * perPage, count, size);
      } else {
        b.skip(count * size);
      }
      b.skip(CHECKSUM);
    }
    structures.extent(block, b.at() - block);
  }

  private void extensible(long address) {
    Cursor c = new Cursor(in, structures, address).signature("EAHD");
    c.version("an extensible array", 0, 0);
    c.skip(1);
    int size = elementSize(c.u8());
    int bits = c.u8();
    int inIndex = c.u8();
    int leastElements = c.u8();
    int leastPointers = c.u8();
    int pageBits = c.u8();
    c.skip(6 * in.lengthBytes());
    long index = c.pointer();
    structures.checksum(address, c.at());
    structures.extent(address, c.at() + CHECKSUM - address);
    if (index == Fields.UNDEFINED) {
      return;
    }
    if (leastElements == 0 || leastPointers < 2 || bits > 64 || pageBits > 40) {
      throw new IllegalArgumentException("an extensible array of blocks without elements");
    }
    Cursor b = new Cursor(in, structures, index).signature("EAIB").skip(2);
    b.pointer();
    int supers = 1 + bits - BTree2Walk.log2(leastElements);
    int inSuper = 2 * BTree2Walk.log2(leastPointers);
    int addresses = 2 * (leastPointers - 1) + Math.max(0, supers - inSuper);
    summed(index, b.at() + (long) inIndex * size + (long) addresses * in.offsetBytes());
    elements(b, 0, inIndex, size);
    int offsetBytes = (bits + 7) / 8;
    long next = inIndex;
    for (int s = 0; s < supers; s++) {
      long blocks = 1L << s / 2;
      long elements = (1L << (s + 1) / 2) * leastElements;
      for (long i = 0; s < inSuper && i < blocks; i++) {
        data(b.pointer(), next, elements, size, offsetBytes, 1L << pageBits, 0);
        next += elements;
      }
      if (s >= inSuper) {
        superBlock(b.pointer(), next, blocks, elements, size, offsetBytes, 1L << pageBits);
        next += blocks * elements;
      }
    }
  }

  private void superBlock(
      long address,
      long first,
      long blocks,
      long elements,
      int size,
      int offsetBytes,
      long perPage) {
    if (address == Fields.UNDEFINED) {
      return;
    }
    visited.add(address);
    Cursor b = new Cursor(in, structures, address).signature("EASB").skip(2);
    b.pointer();
    b.skip(offsetBytes);
    long bytes = elements > perPage ? (elements / perPage + 7) / 8 : 0;
    long maps = b.at();
    b.skip(Math.multiplyExact(blocks, bytes));
    summed(address, b.at() + Math.multiplyExact(blocks, (long) in.offsetBytes()));
    for (long i = 0; i < blocks; i++) {
      // the map has whole bytes for each block, but its bits follow one another
      long map = bytes > 0 ? 8 * maps + i * (elements / perPage) : 0;
      data(b.pointer(), first + i * elements, elements, size, offsetBytes, perPage, map);
    }
  }

  private void data(
      long address, long first, long n, int size, int offsetBytes, long perPage, long map) {
    if (address == Fields.UNDEFINED) {
      return;
    }
    visited.add(address);
    Cursor b = new Cursor(in, structures, address).signature("EADB").skip(2);
    b.pointer();
    b.skip(offsetBytes);
    if (map != 0) {
      paged(b, address, first, n, size, perPage, map, false);
      return;
    }
    summed(address, b.at() + Math.multiplyExact(n, (long) size));
    elements(b, first, n, size);
  }
}
