package org.mdx.io.hdf5;

/**
 * Reads the indices of chunked datasets: version 1 B-trees, and since HDF5 1.10 single chunks,
 * implicit indices, fixed and extensible arrays and version 2 B-trees (specification, III.A and
 * VII).
 */
final class ChunkIndexReader {
  private static final int RAW_DATA_NODE = 1;
  private static final int PLAIN_CHUNKS = 10;
  private static final int FILTERED_CHUNKS = 11;

  private final Store store;
  private final long[] shape;
  private final int[] chunk;
  private final long[] counts;
  private final ChunkOrder order;
  private final boolean plainEdges;
  private final long chunkBytes;
  private final boolean filtered;
  private final ChunkIndex.Builder out;
  private final Store.Visited visited = new Store.Visited();

  private ChunkIndexReader(Store store, Layout.Chunked layout, DatasetInfo info) {
    this.store = store;
    this.shape = info.shape;
    this.chunk = layout.chunk();
    this.plainEdges = layout.plainEdges();
    this.counts = new long[shape.length];
    long bytes = info.type.bytes();
    for (int a = 0; a < shape.length; a++) {
      counts[a] = shape[a] == 0 ? 0 : (shape[a] - 1) / chunk[a] + 1;
      bytes *= chunk[a];
    }
    this.chunkBytes = bytes;
    this.filtered = !info.filters.filters().isEmpty();
    this.order =
        layout.index() < 2 || layout.index() > 4
            ? null
            : new ChunkOrder(counts, info.greatest, chunk);
    // an index has an address for each chunk, or chunks have at least a byte
    this.out = new ChunkIndex.Builder(store.size());
  }

  /** The index of a dataset that is stored in chunks. */
  static ChunkIndex read(Store store, Layout.Chunked layout, DatasetInfo info) {
    ChunkIndexReader r = new ChunkIndexReader(store, layout, info);
    if (layout.address() != Fields.UNDEFINED && Dataspace.size(info.shape) > 0) {
      switch (layout.index()) {
        case 0 -> r.versionOneTree(layout.address(), 256);
        case 1 ->
            r.add(
                0,
                layout.address(),
                layout.singleSize() < 0 ? r.chunkBytes : layout.singleSize(),
                layout.singleMask());
        case 2 -> r.implicit(layout.address());
        case 3 -> new ArrayIndexReader(r, store).fixed(layout.address());
        case 4 -> new ArrayIndexReader(r, store).extensible(layout.address());
        case 5 -> r.versionTwoTree(layout.address());
        default -> throw new IllegalArgumentException("a chunk index " + layout.index());
      }
    }
    return r.out.build();
  }

  private void versionOneTree(long address, int below) {
    visited.add(address);
    Fields f = store.at(address, 8).signature("TREE");
    int type = f.u8();
    int level = f.u8();
    int n = f.u16();
    if (type != RAW_DATA_NODE || level >= below) {
      throw new IllegalArgumentException("a tree of chunks with a node of another kind");
    }
    int key = 8 + 8 * (shape.length + 1);
    int head = 8 + 2 * store.offsetBytes();
    Fields body = store.at(address + head, (long) n * (key + store.offsetBytes()));
    for (int i = 0; i < n; i++) {
      long size = body.u32();
      int mask = (int) body.u32();
      long number = 0;
      boolean inside = true;
      for (int a = 0; a < shape.length; a++) {
        long offset = body.uint(8);
        if (level == 0 && (offset < 0 || offset % chunk[a] != 0)) {
          throw new IllegalArgumentException("a chunk at " + offset + " on axis " + a);
        }
        inside &= offset < shape[a];
        number = number * counts[a] + offset / chunk[a];
      }
      body.skip(8);
      long child = body.address();
      if (level > 0) {
        versionOneTree(child, level);
      } else if (inside) {
        out.add(number, child, size, mask);
      }
    }
  }

  private void implicit(long address) {
    long n = Dataspace.size(counts);
    if (n > store.size() / Math.max(1, chunkBytes)) {
      throw new IllegalArgumentException(n + " chunks of " + chunkBytes + " bytes");
    }
    for (long i = 0; i < n; i++) {
      add(i, address + Math.multiplyExact(order.index(i), chunkBytes), chunkBytes, 0);
    }
  }

  private void versionTwoTree(long address) {
    int type = filtered ? FILTERED_CHUNKS : PLAIN_CHUNKS;
    BTree2.walk(
        store,
        address,
        type,
        record -> {
          long at = record.address();
          int sizeBytes = record.remaining() - 8 * shape.length - 4;
          long size = filtered ? record.uint(sizeBytes) : chunkBytes;
          int mask = filtered ? (int) record.u32() : 0;
          long number = 0;
          boolean inside = true;
          for (int a = 0; a < shape.length; a++) {
            long scaled = record.uint(8);
            inside &= scaled >= 0 && scaled < counts[a];
            number = number * counts[a] + scaled;
          }
          if (inside) {
            add(number, at, size, mask);
          }
        });
  }

  /** Chunks at the far edges may be stored without filters. */
  private void add(long number, long address, long size, int mask) {
    boolean whole = true;
    long rest = number;
    for (int a = shape.length - 1; a >= 0; a--) {
      whole &= (rest % counts[a] + 1) * chunk[a] <= shape[a];
      rest /= counts[a];
    }
    out.add(number, address, size, plainEdges && !whole ? -1 : mask);
  }

  /** One element of an array index at a place in it. */
  void element(Fields f, long index, int elementSize) {
    long address = f.address();
    int sizeBytes = elementSize - store.offsetBytes() - 4;
    long size = filtered ? f.uint(sizeBytes) : chunkBytes;
    int mask = filtered ? (int) f.u32() : 0;
    long number = address == Fields.UNDEFINED ? -1 : order.number(index);
    if (number >= 0) {
      add(number, address, size, mask);
    }
  }

  /** The place in an array behind that of the last chunk. */
  long end() {
    return Math.addExact(order.index(Dataspace.size(counts) - 1), 1);
  }

  int elementSize(int claimed) {
    int least = store.offsetBytes() + (filtered ? 5 : 0);
    if (claimed < least || claimed > least + 8) {
      throw new IllegalArgumentException("index elements of " + claimed + " bytes");
    }
    return claimed;
  }

  void visit(long address) {
    visited.add(address);
  }
}
