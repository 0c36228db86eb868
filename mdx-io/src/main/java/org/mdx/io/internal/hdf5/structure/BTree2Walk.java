package org.mdx.io.internal.hdf5.structure;

import java.util.function.LongConsumer;

/** Walks a version 2 B-tree where it is (specification, III.A.2). */
public final class BTree2Walk {
  private static final int PREFIX = 6;
  private static final int CHECKSUM = 4;

  private final Source in;
  private final Structures structures;
  private final int nodeSize;
  private final int recordSize;
  private final int[] countBytes;
  private final int[] totalBytes;
  private final Visited visited = new Visited();
  private final LongConsumer sink;
  private long nodes;

  private BTree2Walk(
      Source in,
      Structures structures,
      int nodeSize,
      int recordSize,
      int depth,
      LongConsumer sink) {
    this.in = in;
    this.structures = structures;
    this.nodeSize = nodeSize;
    this.recordSize = recordSize;
    this.sink = sink;
    this.countBytes = new int[depth + 1];
    this.totalBytes = new int[depth + 1];
    int least = bytesFor((nodeSize - PREFIX - CHECKSUM) / recordSize);
    long total = (nodeSize - PREFIX - CHECKSUM) / recordSize;
    for (int d = 0; d <= depth; d++) {
      countBytes[d] = least;
      totalBytes[d] = d < 2 ? 0 : bytesFor(total);
      if (d > 0) {
        int pointer = in.offsetBytes() + least + totalBytes[d];
        long most = (nodeSize - PREFIX - CHECKSUM - pointer) / (recordSize + pointer);
        total = Math.min(1L << 60, (most + 1) * total + most);
      }
    }
  }

  /** Hands the place of every record of a tree to a sink. */
  public static void walk(
      Source in, Structures structures, long header, int type, LongConsumer sink) {
    walk(in, structures, header, type, 0, (at, size) -> sink.accept(at));
  }

  /** Takes the place and size of a record. */
  @FunctionalInterface
  public interface Records {
    void take(long at, int size);
  }

  /** The same for a tree of one of two types. */
  public static void walk(
      Source in, Structures structures, long header, int type, int or, Records sink) {
    Cursor c = new Cursor(in, structures, header).signature("BTHD");
    c.version("a B-tree", 0, 0);
    int found = c.u8();
    if (found != type && found != or) {
      throw new IllegalArgumentException("a B-tree of type " + found + ", not " + type);
    }
    long nodeSize = c.u32();
    int recordSize = c.u16();
    int depth = c.u16();
    c.skip(2);
    long root = c.pointer();
    int records = c.u16();
    c.skip(in.lengthBytes());
    structures.checksum(header, c.at());
    structures.extent(header, c.at() + CHECKSUM - header);
    if (recordSize == 0 || nodeSize < 10 + recordSize || nodeSize > 1 << 28 || depth > 32) {
      throw new IllegalArgumentException(
          "a B-tree of depth " + depth + " with records of " + recordSize);
    }
    if (root != Fields.UNDEFINED) {
      new BTree2Walk(
              in, structures, (int) nodeSize, recordSize, depth, at -> sink.take(at, recordSize))
          .node(root, depth, records);
    }
  }

  public static int log2(long v) {
    return 63 - Long.numberOfLeadingZeros(Math.max(1, v));
  }

  /** Bytes that the library takes for numbers up to a limit. */
  static int bytesFor(long most) {
    return log2(most) / 8 + 1;
  }

  private void node(long address, int depth, int records) {
    visited.add(address);
    if (++nodes > in.size() / nodeSize) {
      throw new IllegalArgumentException("more nodes than there is room for");
    }
    Cursor c = new Cursor(in, structures, address).signature(depth == 0 ? "BTLF" : "BTIN").skip(2);
    structures.extent(address, nodeSize);
    int pointer = depth == 0 ? 0 : in.offsetBytes() + countBytes[depth] + totalBytes[depth];
    long length = PREFIX + (long) records * recordSize + (records + 1L) * pointer;
    if (length > nodeSize - CHECKSUM) {
      throw new IllegalArgumentException(records + " records in a node of " + nodeSize + " bytes");
    }
    structures.checksum(address, address + length);
    for (int i = 0; i < records; i++) {
      sink.accept(c.at());
      c.skip(recordSize);
    }
    long[] child = new long[records + 1];
    int[] count = new int[records + 1];
    for (int i = 0; depth > 0 && i <= records; i++) {
      child[i] = c.pointer();
      count[i] = (int) c.uint(countBytes[depth]);
      c.skip(totalBytes[depth]);
    }
    for (int i = 0; depth > 0 && i <= records; i++) {
      node(child[i], depth - 1, count[i]);
    }
  }
}
