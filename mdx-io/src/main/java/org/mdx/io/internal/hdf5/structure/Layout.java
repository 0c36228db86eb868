package org.mdx.io.internal.hdf5.structure;

import java.nio.ByteBuffer;

/** How the elements of a dataset are stored (specification, IV.A.2.i). */
public sealed interface Layout {

  /** In the object header. */
  record Compact(ByteBuffer bytes) implements Layout {}

  /** In one piece; an undefined address stands for nothing written. */
  record Contiguous(long address, long size) implements Layout {}

  /**
   * In chunks.
   *
   * @param chunk lengths of a chunk's axes
   * @param index kind of index, 0 for the version 1 B-tree
   * @param address of the index, or of the only chunk
   * @param singleSize bytes of the only chunk, −1 if not filtered
   * @param singleMask filters left out of the only chunk
   * @param plainEdges whether chunks that reach beyond the dataset are stored without filters
   */
  record Chunked(
      int[] chunk, int index, long address, long singleSize, int singleMask, boolean plainEdges)
      implements Layout {}

  /** In datasets elsewhere; the map is an object of the global heap. */
  record Virtual(long heap, long index) implements Layout {}

  /** Reads the message of a dataset of a given rank. */
  static Layout read(Fields f, int rank, int elementBytes) {
    int version = f.version("a data layout", 1, 4);
    if (version < 3) {
      return old(f, rank);
    }
    int kind = f.u8();
    return switch (kind) {
      case 0 -> new Compact(f.part(f.u16()).buffer());
      case 1 -> new Contiguous(f.address(), f.length());
      case 2 -> version == 3 ? treeChunks(f, rank) : indexedChunks(f, rank);
      case 3 -> new Virtual(f.address(), f.u32());
      default -> throw new IllegalArgumentException("a data layout of class " + kind);
    };
  }

  private static Layout old(Fields f, int rank) {
    int dimensions = f.u8();
    int kind = f.u8();
    f.skip(5);
    long address = kind == 0 ? 0 : f.address();
    long[] sizes = new long[dimensions];
    long n = 1;
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = f.u32();
      n = Math.multiplyExact(n, Math.max(1, sizes[i]));
    }
    return switch (kind) {
      case 0 -> new Compact(f.part(f.u32()).buffer());
      case 1 -> new Contiguous(address, n);
      case 2 -> new Chunked(lengths(sizes, rank), 0, address, -1, 0, false);
      default -> throw new IllegalArgumentException("a data layout of class " + kind);
    };
  }

  private static Layout treeChunks(Fields f, int rank) {
    long[] sizes = new long[f.u8()];
    long address = f.address();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = f.u32();
    }
    return new Chunked(lengths(sizes, rank), 0, address, -1, 0, false);
  }

  private static Layout indexedChunks(Fields f, int rank) {
    int flags = f.u8();
    long[] sizes = new long[f.u8()];
    int bytes = f.u8();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = f.uint(bytes);
    }
    int index = f.u8();
    long singleSize = -1;
    int singleMask = 0;
    switch (index) {
      case 1 -> {
        if ((flags & 2) != 0) {
          singleSize = f.length();
          singleMask = (int) f.u32();
        }
      }
      case 2 -> {}
      case 3 -> f.skip(1);
      case 4 -> f.skip(5);
      case 5 -> f.skip(6);
      default -> throw new IllegalArgumentException("a chunk index " + index);
    }
    boolean plainEdges = (flags & 1) != 0;
    return new Chunked(
        lengths(sizes, rank), index, f.address(), singleSize, singleMask, plainEdges);
  }

  /** Axes of a chunk, below 2 GiB; the last number is the size of an element. */
  private static int[] lengths(long[] sizes, int rank) {
    if (sizes.length != rank + 1) {
      throw new IllegalArgumentException(
          "chunks of rank " + (sizes.length - 1) + " in a dataset of rank " + rank);
    }
    int[] chunk = new int[rank];
    long n = Math.max(1, sizes[rank]);
    for (int i = 0; i < rank; i++) {
      if (sizes[i] < 1 || (n = n * sizes[i]) > Integer.MAX_VALUE || n < 0) {
        throw new IllegalArgumentException("chunks of " + n + " bytes");
      }
      chunk[i] = (int) sizes[i];
    }
    return chunk;
  }
}
