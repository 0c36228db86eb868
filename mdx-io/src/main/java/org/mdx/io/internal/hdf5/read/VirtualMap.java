package org.mdx.io.internal.hdf5.read;

import java.util.ArrayList;
import java.util.List;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.GlobalHeapReader;
import org.mdx.io.internal.hdf5.structure.Layout;

/**
 * The map of a virtual dataset (specification, III.E and IV.A.2.i, class 3): which part of it is
 * which part of which dataset. Parts are products of regular index sets, one for each axis.
 */
final class VirtualMap {
  private static final int HYPERSLAB = 2;
  private static final int ALL = 3;

  /** Flags of a part in version 1 of the map, as HDF5 2.0 writes it for the latest format. */
  private static final int SHARED_FILE = 1;

  private static final int SHARED_DATASET = 2;
  private static final int SAME_FILE = 4;

  /** Indices start + (k / block)·stride + k mod block of one axis, for k from 0. */
  record Indices(long start, long stride, long count, long block) {
    long size() {
      return count * block;
    }

    long at(long k) {
      return start + k / block * stride + k % block;
    }

    /** Whether all of them lie side by side. */
    boolean isRange() {
      return count == 1 || stride == block;
    }
  }

  /**
   * One part.
   *
   * @param file name of the file; {@code .} is that of the map
   * @param dataset its place there
   * @param source indices in that dataset; null for all
   * @param target indices in the virtual dataset; null for all
   */
  record Part(String file, String dataset, Indices[] source, Indices[] target) {}

  private VirtualMap() {}

  static List<Part> read(Store store, Layout.Virtual layout) {
    if (layout.heap() == Fields.UNDEFINED) {
      return List.of();
    }
    Fields object = GlobalHeapReader.object(store, layout.heap(), layout.index());
    Fields f = object.part(object.remaining() - Store.CHECKSUM);
    store.compare(
        "map of a virtual dataset, in the heap", layout.heap(), (int) object.u32(), f.buffer());
    int version = f.version("the map of a virtual dataset", 0, 1);
    long n = f.length();
    List<Part> parts = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      int flags = version == 0 ? 0 : f.u8();
      if ((flags & ~(SHARED_FILE | SHARED_DATASET | SAME_FILE)) != 0) {
        throw new IllegalArgumentException("a part of a virtual dataset with the flags " + flags);
      }
      String file =
          (flags & SAME_FILE) != 0
              ? "."
              : (flags & SHARED_FILE) != 0 ? earlier(parts, f).file : f.terminated();
      String dataset = (flags & SHARED_DATASET) != 0 ? earlier(parts, f).dataset : f.terminated();
      parts.add(new Part(file, dataset, selection(f), selection(f)));
    }
    return parts;
  }

  /** The part whose name another one has too. */
  private static Part earlier(List<Part> parts, Fields f) {
    long number = f.length();
    if (number >= parts.size()) {
      throw new IllegalArgumentException("the name of part " + number + " before that part");
    }
    return parts.get((int) number);
  }

  private static Indices[] selection(Fields f) {
    int type = (int) f.u32();
    int version = (int) f.u32();
    if (type == ALL) {
      f.skip(8);
      return null;
    }
    if (type != HYPERSLAB || version < 1 || version > 3) {
      throw new IllegalArgumentException("a selection of type " + type + ", version " + version);
    }
    if (version == 1) {
      return corners(f);
    }
    boolean regular = (f.u8() & 1) != 0;
    int bytes = version == 2 ? 8 : f.u8();
    f.skip(version == 2 ? 4 : 0);
    int rank = (int) f.u32();
    if (!regular || rank < 1 || rank > 32) {
      throw new IllegalArgumentException("an irregular selection of rank " + rank);
    }
    Indices[] s = new Indices[rank];
    for (int a = 0; a < rank; a++) {
      s[a] = indices(f.uint(bytes), f.uint(bytes), f.uint(bytes), f.uint(bytes), bytes);
    }
    return s;
  }

  /** Version 1: blocks by their opposite corners, of which one is understood. */
  private static Indices[] corners(Fields f) {
    f.skip(8);
    int rank = (int) f.u32();
    long blocks = f.u32();
    if (rank < 1 || rank > 32 || blocks != 1) {
      throw new IllegalArgumentException(blocks + " blocks of rank " + rank);
    }
    long[] low = new long[rank];
    for (int a = 0; a < rank; a++) {
      low[a] = f.u32();
    }
    Indices[] s = new Indices[rank];
    for (int a = 0; a < rank; a++) {
      s[a] = indices(low[a], 1, 1, f.u32() - low[a] + 1, 8);
    }
    return s;
  }

  private static Indices indices(long start, long stride, long count, long block, int bytes) {
    long unlimited = bytes == 8 ? -1 : (1L << 8 * bytes) - 1;
    if (count == unlimited || block == unlimited) {
      throw new IllegalArgumentException(
          "a map without limit; make a copy, for example with h5repack");
    }
    boolean valid =
        start >= 0
            && stride >= 1
            && count >= 1
            && block >= 1
            && (count == 1 || stride >= block)
            && start < 1L << 48
            && stride < 1L << 48
            && count < 1L << 31
            && block < 1L << 31;
    if (!valid) {
      throw new IllegalArgumentException(
          "indices " + start + " + " + stride + "·" + count + ", blocks of " + block);
    }
    return new Indices(start, count == 1 ? block : stride, count, block);
  }

  /** The indices of a part, where all of a dataset's are meant. */
  static Indices[] orAll(Indices[] indices, long[] shape) {
    if (indices != null) {
      return indices;
    }
    Indices[] all = new Indices[shape.length];
    for (int a = 0; a < shape.length; a++) {
      all[a] = new Indices(0, shape[a], 1, shape[a]);
    }
    return all;
  }
}
