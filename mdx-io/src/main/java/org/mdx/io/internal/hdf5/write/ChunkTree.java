package org.mdx.io.internal.hdf5.write;

import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/** The version 1 B-tree that leads from chunk offsets to addresses (specification, III.A.1). */
public final class ChunkTree {

  /** Half the children of a node, the value that superblock 0 implies. */
  static final int K = 32;

  private final ChunkGrid grid;
  private final int[] sizes;
  private final MetadataBlock out;
  private final int rank;
  private final int k;

  private ChunkTree(ChunkGrid grid, int[] sizes, int k, MetadataBlock out) {
    this.grid = grid;
    this.k = k;
    this.sizes = sizes;
    this.out = out;
    this.rank = grid.chunk().length;
  }

  /** Writes the tree over all chunks of a grid and returns the address of its root. */
  public static long write(ChunkGrid grid, long[] addresses, int[] sizes, MetadataBlock out) {
    return write(grid, addresses, sizes, K, out);
  }

  /** The same with another half of the number of children. */
  public static long write(
      ChunkGrid grid, long[] addresses, int[] sizes, int k, MetadataBlock out) {
    return new ChunkTree(grid, sizes, k, out).write(addresses);
  }

  private long write(long[] addresses) {
    long[] children = addresses;
    long span = 1; // chunks below one child
    for (int level = 0; ; level++) {
      long[] nodes = level(level, children, span);
      if (nodes.length == 1) {
        return nodes[0];
      }
      children = nodes;
      span *= 2 * k;
    }
  }

  private long[] level(int level, long[] children, long span) {
    int n = (children.length + 2 * k - 1) / (2 * k);
    int keyBytes = 8 + 8 * (rank + 1);
    int nodeBytes = 24 + (2 * k + 1) * keyBytes + 2 * k * 8;
    long first = out.align().address();
    long[] nodes = new long[n];
    for (int i = 0; i < n; i++) {
      nodes[i] = first + (long) i * nodeBytes;
    }
    for (int i = 0; i < n; i++) {
      int from = i * 2 * k;
      int to = Math.min(from + 2 * k, children.length);
      out.ascii("TREE").u8(1).u8(level).u16(to - from);
      out.u64(i > 0 ? nodes[i - 1] : MetadataBlock.UNDEFINED);
      out.u64(i < n - 1 ? nodes[i + 1] : MetadataBlock.UNDEFINED);
      for (int c = from; c < to; c++) {
        key(c * span);
        out.u64(children[c]);
      }
      key(to * span);
      out.zeros((2 * k - (to - from)) * (keyBytes + 8));
    }
    return nodes;
  }

  /** The key of a chunk; that behind the last chunk is one step further along every axis. */
  private void key(long index) {
    boolean behind = index >= sizes.length;
    int at = behind ? sizes.length - 1 : (int) index;
    int[] offset = grid.offset(at);
    int[] chunk = grid.chunk();
    out.u32(behind ? 0 : sizes[at]).u32(0);
    for (int a = 0; a < rank; a++) {
      out.u64((long) offset[a] + (behind ? chunk[a] : 0));
    }
    out.u64(0);
  }
}
