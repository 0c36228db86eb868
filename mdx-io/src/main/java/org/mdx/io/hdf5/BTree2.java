package org.mdx.io.hdf5;

import java.util.function.Consumer;

/** Walks the records of a version 2 B-tree in order (specification, III.A.2). */
final class BTree2 {
  private final Store store;
  private final int nodeSize;
  private final int recordSize;
  private final int[] countBytes;
  private final int[] totalBytes;
  private final Store.Visited visited = new Store.Visited();
  private final Consumer<Fields> sink;
  private long nodes;

  private BTree2(
      Store store,
      int nodeSize,
      int recordSize,
      int[] countBytes,
      int[] totalBytes,
      Consumer<Fields> sink) {
    this.store = store;
    this.nodeSize = nodeSize;
    this.recordSize = recordSize;
    this.countBytes = countBytes;
    this.totalBytes = totalBytes;
    this.sink = sink;
  }

  /** Hands every record of a tree to a sink. */
  static void walk(Store store, long header, int type, Consumer<Fields> sink) {
    Fields f =
        store
            .checked("B-tree header", header, 18 + store.offsetBytes() + store.lengthBytes())
            .signature("BTHD");
    f.version("a B-tree", 0, 0);
    int found = f.u8();
    if (found != type) {
      throw new IllegalArgumentException("a B-tree of type " + found + ", not " + type);
    }
    int nodeSize = (int) f.u32();
    int recordSize = f.u16();
    int depth = f.u16();
    f.skip(2);
    long root = f.address();
    int records = f.u16();
    if (recordSize == 0 || nodeSize < 10 + recordSize || depth > 32) {
      throw new IllegalArgumentException(
          "a B-tree of depth " + depth + " with records of " + recordSize);
    }
    if (root == Fields.UNDEFINED) {
      return;
    }
    int[] counts = new int[depth + 1];
    int[] totals = new int[depth + 1];
    long most = (nodeSize - 10) / recordSize;
    long total = most;
    counts[0] = bytesFor(most);
    for (int d = 1; d <= depth; d++) {
      totals[d] = d == 1 ? 0 : bytesFor(total);
      int pointer = store.offsetBytes() + counts[0] + totals[d];
      most = (nodeSize - 10 - pointer) / (recordSize + pointer);
      total = Math.min(1L << 60, (most + 1) * total + most);
    }
    new BTree2(store, nodeSize, recordSize, counts, totals, sink).node(root, depth, records);
  }

  private static int bytesFor(long value) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, value))) / 8 + 1;
  }

  private void node(long address, int depth, int records) {
    visited.add(address);
    if (++nodes > store.size() / nodeSize) {
      throw new IllegalArgumentException("more nodes than there is room for");
    }
    int pointer = depth == 0 ? 0 : store.offsetBytes() + countBytes[0] + totalBytes[depth];
    long length = 6 + (long) records * recordSize + (records + 1L) * pointer;
    if (length > nodeSize - Store.CHECKSUM) {
      throw new IllegalArgumentException(records + " records in a node of " + nodeSize + " bytes");
    }
    Fields f =
        store
            .checked("B-tree node", address, length)
            .signature(depth == 0 ? "BTLF" : "BTIN")
            .skip(2);
    Fields body = f.part((long) records * recordSize);
    for (int i = 0; i <= records; i++) {
      if (depth > 0) {
        long child = f.address();
        int n = (int) f.uint(countBytes[0]);
        f.skip(totalBytes[depth]);
        node(child, depth - 1, n);
      }
      if (i < records) {
        sink.accept(body.part(recordSize));
      }
    }
  }
}
