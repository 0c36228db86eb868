package org.mdx.io.internal.hdf5.write;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/**
 * The members of a group in the layout of superblock 0: a local heap of names, a B-tree with one
 * node, symbol-table nodes of eight entries (HDF5 file format specification, III.A to III.D).
 *
 * @param tree address of the B-tree
 * @param heap address of the local heap
 */
public record SymbolTable(long tree, long heap) {

  /** Entries of a symbol-table node: twice the superblock's "group leaf node K". */
  public static final int LEAF_K = 4;

  /** Children of a B-tree node: twice the superblock's "group internal node K". */
  public static final int INTERNAL_K = 16;

  /** Writes the tables of a group whose members have their headers at the given addresses. */
  public static SymbolTable write(SortedMap<String, Long> headers, MetadataBlock out) {
    List<Long> nameOffsets = new ArrayList<>();
    MetadataBlock names = new MetadataBlock(0).zeros(8);
    for (String name : headers.keySet()) {
      nameOffsets.add(names.address());
      names.ascii(name).u8(0).align();
    }
    long heap = out.align().address();
    byte[] bytes = names.toBytes();
    int size = bytes.length;
    out.ascii("HEAP").u8(0).zeros(3).u64(size).u64(1).u64(heap + 32);
    out.bytes(bytes);

    List<Long> addresses = new ArrayList<>(headers.values());
    List<Long> leaves = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    for (int from = 0; from < addresses.size(); from += 2 * LEAF_K) {
      int to = Math.min(from + 2 * LEAF_K, addresses.size());
      leaves.add(out.address());
      keys.add(nameOffsets.get(to - 1));
      out.ascii("SNOD").u8(1).u8(0).u16(to - from);
      for (int i = from; i < to; i++) {
        out.u64(nameOffsets.get(i)).u64(addresses.get(i)).u32(0).zeros(20);
      }
      out.zeros((2 * LEAF_K - (to - from)) * 40);
    }
    long tree = out.address();
    out.ascii("TREE").u8(0).u8(0).u16(leaves.size());
    out.u64(MetadataBlock.UNDEFINED).u64(MetadataBlock.UNDEFINED).u64(0);
    for (int i = 0; i < leaves.size(); i++) {
      out.u64(leaves.get(i)).u64(keys.get(i));
    }
    out.zeros((2 * INTERNAL_K - leaves.size()) * 16);
    return new SymbolTable(tree, heap);
  }
}
