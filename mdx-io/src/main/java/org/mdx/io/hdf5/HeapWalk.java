package org.mdx.io.hdf5;

import java.util.function.LongConsumer;

/**
 * Walks what large groups and objects with many attributes keep elsewhere: fractal heaps with
 * everything that belongs to them, and version 2 B-trees (specification, III.A.2 and III.G).
 */
final class HeapWalk {
  private static final int FLAG_CHECKSUMS = 2;
  private static final int HUGE_RECORD_BYTES = 24;

  private final PagedBytes in;
  private final Structures structures;
  private long address;
  private int idBytes;
  private int flags;
  private int width;
  private long startingBlock;
  private long maximumDirect;
  private int offsetBytes;
  private int lengthBytes;
  private long root;
  private int rootRows;
  private long hugeTree;
  private Store.Visited visited = new Store.Visited();

  HeapWalk(PagedBytes in, Structures structures) {
    this.in = in;
    this.structures = structures;
  }

  /** Walks the heap at an address. */
  void heap(long heap) {
    visited = new Store.Visited();
    address = heap;
    Cursor c = new Cursor(in, structures, heap).signature("FRHP");
    c.version("a fractal heap", 0, 0);
    idBytes = c.u16();
    if (c.u16() > 0) {
      throw new IllegalArgumentException("a compressed fractal heap");
    }
    flags = c.u8();
    final long largest = c.u32();
    c.skip(8);
    hugeTree = c.pointer();
    c.skip(8);
    final long freeSpace = c.pointer();
    c.skip(64);
    width = c.u16();
    startingBlock = c.length();
    maximumDirect = c.length();
    int maximumBits = c.u16();
    c.skip(2);
    root = c.pointer();
    rootRows = c.u16();
    structures.checksum(heap, c.at());
    structures.extent(heap, c.at() + 4 - heap);
    if (width == 0 || startingBlock <= 0 || maximumBits == 0 || maximumBits > 64) {
      throw new IllegalArgumentException("a fractal heap of width " + width);
    }
    offsetBytes = (maximumBits + 7) / 8;
    lengthBytes = BTree2Walk.bytesFor(Math.min(maximumDirect, largest));
    if (freeSpace != Fields.UNDEFINED) {
      freeSpace(freeSpace);
    }
    if (hugeTree != Fields.UNDEFINED) {
      BTree2Walk.walk(in, structures, hugeTree, 1, this::huge);
    }
    if (root != Fields.UNDEFINED) {
      if (rootRows == 0) {
        direct(root, startingBlock);
      } else {
        indirect(root, rootRows, 0);
      }
    }
  }

  /** A huge object: its address, length and number. */
  private void huge(long record) {
    Cursor c = new Cursor(in, structures, record);
    long at = c.pointer();
    structures.extent(at, c.length());
  }

  private void direct(long block, long size) {
    visited.add(block);
    Cursor c = new Cursor(in, structures, block).signature("FHDB");
    c.version("a heap block", 0, 0);
    c.pointer();
    c.skip(offsetBytes);
    structures.extent(block, size);
    if ((flags & FLAG_CHECKSUMS) != 0) {
      structures.checksum(block, size, c.at());
    }
  }

  private void indirect(long block, int rows, int depth) {
    visited.add(block);
    if (depth > 32 || rows > 64) {
      throw new IllegalArgumentException("a fractal heap without end");
    }
    Cursor c = new Cursor(in, structures, block).signature("FHIB");
    c.version("a heap block", 0, 0);
    c.pointer();
    c.skip(offsetBytes);
    for (int row = 0; row < rows; row++) {
      long size = startingBlock << Math.max(0, row - 1);
      for (int i = 0; i < width; i++) {
        long child = c.pointer();
        if (child == Fields.UNDEFINED) {
          continue;
        }
        if (size <= maximumDirect) {
          direct(child, size);
        } else {
          indirect(child, rowsOf(size), depth + 1);
        }
      }
    }
    structures.checksum(block, c.at());
    structures.extent(block, c.at() + 4 - block);
  }

  private int rowsOf(long size) {
    return BTree2Walk.log2(size) - BTree2Walk.log2(startingBlock * width) + 1;
  }

  /** The list of free places in the heap; places count within the heap. */
  private void freeSpace(long at) {
    Cursor c = new Cursor(in, structures, at).signature("FSHD");
    c.version("free space", 0, 0);
    c.skip(1 + 4 * 8 + 8 + 8);
    long list = c.pointer();
    c.skip(8);
    long stored = c.length();
    structures.checksum(at, c.at());
    structures.extent(at, c.at() + 4 - at);
    if (list != Fields.UNDEFINED) {
      Cursor l = new Cursor(in, structures, list).signature("FSSE");
      l.version("a list of free space", 0, 0);
      l.pointer();
      structures.extent(list, stored);
      structures.checksum(list, list + stored - 4);
    }
  }

  /** Hands the place of every object that a B-tree of names refers to to a sink. */
  void objects(long tree, int type, int before, LongConsumer sink) {
    BTree2Walk.walk(in, structures, tree, type, record -> sink.accept(find(record + before)));
  }

  /** Where the object of a heap ID is. */
  private long find(long id) {
    int kind = in.u8(id) >> 4 & 3;
    if (in.u8(id) >> 6 != 0) {
      throw new IllegalArgumentException("a heap ID of another version");
    }
    if (kind == 2) {
      return id + 1;
    } else if (kind == 1) {
      return hugeObject(in.uint(id + 1, Math.min(8, idBytes - 1)));
    }
    long offset = in.uint(id + 1, offsetBytes);
    in.check(id, 1 + offsetBytes + lengthBytes);
    return place(offset);
  }

  private long hugeObject(long number) {
    long[] found = {Fields.UNDEFINED};
    BTree2Walk.walk(
        in,
        NOTHING,
        hugeTree,
        1,
        record -> {
          if (in.uint(record + HUGE_RECORD_BYTES - 8, 8) == number) {
            found[0] = in.uint(record, 8);
          }
        });
    return found[0];
  }

  private long place(long target) {
    long block = root;
    int rows = rootRows;
    long from = 0;
    for (int level = 0; level < 64; level++) {
      if (rows == 0) {
        return block + (target - from);
      }
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
      block = in.uint(block + 13 + offsetBytes + (row * (long) width + column) * 8, 8);
      from = rowFrom + column * size;
      rows = size <= maximumDirect ? 0 : rowsOf(size);
    }
    throw new IllegalArgumentException("the fractal heap at " + address + " has no end");
  }

  /** Is told what was reported before. */
  static final Structures NOTHING =
      new Structures() {
        @Override
        public void extent(long from, long length) {}

        @Override
        public void pointer(long at, long value) {}

        @Override
        public void checksum(long from, long length, long at) {}
      };
}
