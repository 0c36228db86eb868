package org.mdx.io.internal.hdf5.structure;

/**
 * Walks what large groups and objects with many attributes keep elsewhere: fractal heaps with
 * everything that belongs to them, and version 2 B-trees (specification, III.A.2 and III.G).
 */
public final class HeapWalk {
  private static final int FLAG_CHECKSUMS = 2;

  private final Source in;
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
  private Visited visited = new Visited();

  HeapWalk(Source in, Structures structures) {
    this.in = in;
    this.structures = structures;
  }

  /** Walks the heap at an address. */
  void heap(long heap) {
    visited = new Visited();
    address = heap;
    Cursor c = new Cursor(in, structures, heap).signature("FRHP");
    c.version("a fractal heap", 0, 0);
    idBytes = c.u16();
    if (c.u16() > 0) {
      throw new IllegalArgumentException("a compressed fractal heap");
    }
    flags = c.u8();
    final long largest = c.u32();
    c.length();
    hugeTree = c.pointer();
    c.skip(in.lengthBytes());
    final long freeSpace = c.pointer();
    c.skip(8 * in.lengthBytes());
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
    in.check(block, size);
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
    long end = c.at() + (long) rows * width * in.offsetBytes();
    structures.checksum(block, end);
    structures.extent(block, end + 4 - block);
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
  }

  private int rowsOf(long size) {
    return BTree2Walk.log2(size) - BTree2Walk.log2(startingBlock * width) + 1;
  }

  /** The list of free places in the heap; places count within the heap. */
  private void freeSpace(long at) {
    Cursor c = new Cursor(in, structures, at).signature("FSHD");
    c.version("free space", 0, 0);
    c.skip(1 + 4 * in.lengthBytes() + 8 + in.lengthBytes());
    long list = c.pointer();
    c.skip(in.lengthBytes());
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

  /** Hands the place and size of every object that a B-tree of names refers to to a sink. */
  void objects(long tree, int type, int before, BTree2Walk.Records sink) {
    BTree2Walk.walk(in, structures, tree, type, record -> find(record + before, sink));
  }

  /** Finds the object of a heap ID. */
  private void find(long id, BTree2Walk.Records sink) {
    int kind = in.u8(id) >> 4 & 3;
    if (in.u8(id) >> 6 != 0) {
      throw new IllegalArgumentException("a heap ID of another version");
    }
    if (kind == 2) {
      sink.take(id + 1, (in.u8(id) & 0xf) + 1);
    } else if (kind == 1 && idBytes - 1 >= in.offsetBytes() + in.lengthBytes()) {
      Cursor c = new Cursor(in, structures, id + 1);
      sink.take(c.pointer(), Math.toIntExact(c.length()));
    } else if (kind == 1) {
      hugeObject(in.uint(id + 1, Math.min(8, idBytes - 1)), sink);
    } else if (kind == 0) {
      long offset = in.uint(id + 1, offsetBytes);
      long length = in.uint(id + 1 + offsetBytes, lengthBytes);
      sink.take(place(offset), Math.toIntExact(length));
    } else {
      throw new IllegalArgumentException("an object of a fractal heap of an unknown kind");
    }
  }

  private void hugeObject(long number, BTree2Walk.Records sink) {
    long[] found = {Fields.UNDEFINED, 0};
    BTree2Walk.walk(
        in,
        NOTHING,
        hugeTree,
        1,
        record -> {
          Cursor c = new Cursor(in, NOTHING, record);
          long at = c.pointer();
          long length = c.length();
          if (c.uint(in.lengthBytes()) == number) {
            found[0] = at;
            found[1] = length;
          }
        });
    if (found[0] == Fields.UNDEFINED) {
      throw new IllegalArgumentException("no object " + number + " of a fractal heap");
    }
    sink.take(found[0], Math.toIntExact(found[1]));
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
      long entry = block + 5 + in.offsetBytes() + offsetBytes;
      entry += (row * (long) width + column) * in.offsetBytes();
      block = new Cursor(in, NOTHING, entry).pointer();
      from = rowFrom + column * size;
      rows = size <= maximumDirect ? 0 : rowsOf(size);
    }
    throw new IllegalArgumentException("the fractal heap at " + address + " has no end");
  }

  /** Is told what was reported before. */
  public static final Structures NOTHING =
      new Structures() {
        @Override
        public void extent(long from, long length) {}

        @Override
        public void pointer(long at, long value) {}

        @Override
        public void checksum(long from, long length, long at) {}
      };
}
