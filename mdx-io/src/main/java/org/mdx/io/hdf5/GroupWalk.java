package org.mdx.io.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Walks the members of a group in either layout where they are (specification, III.A to III.D). */
final class GroupWalk {
  private final PagedBytes in;
  private final Structures structures;
  private final int leafK;
  private final int internalK;
  private final BiConsumer<String, Long> members;
  private final Store.Visited visited = new Store.Visited();

  /**
   * A walk.
   *
   * @param members takes the name and address of each hard link
   */
  GroupWalk(
      PagedBytes in,
      Structures structures,
      int leafK,
      int internalK,
      BiConsumer<String, Long> members) {
    this.in = in;
    this.structures = structures;
    this.leafK = leafK;
    this.internalK = internalK;
    this.members = members;
  }

  /** A symbol table: its B-tree and its heap of names. */
  void symbolTable(Cursor c) {
    long tree = c.pointer();
    long heap = c.pointer();
    long[] names = heap(heap);
    nodes(tree, names, 256);
  }

  /** A local heap; returns where its data begin and how many there are. */
  long[] heap(long address) {
    Cursor c = new Cursor(in, structures, address).signature("HEAP").skip(4);
    long size = c.length();
    c.skip(8);
    long data = c.pointer();
    structures.extent(address, 32);
    structures.extent(data, size);
    return new long[] {data, size};
  }

  private void nodes(long address, long[] names, int below) {
    visited.add(address);
    if (in.u8(address) == 'S') {
      symbols(address, names);
      return;
    }
    Cursor c = new Cursor(in, structures, address).signature("TREE");
    int type = c.u8();
    int level = c.u8();
    int n = c.u16();
    if (type != 0 || level >= below || n > 2 * internalK) {
      throw new IllegalArgumentException("a tree of groups with a node of another kind");
    }
    structures.extent(address, 24 + (4L * internalK + 1) * 8);
    c.pointer();
    c.pointer();
    for (int i = 0; i < n; i++) {
      c.skip(8);
      nodes(c.pointer(), names, level);
    }
  }

  private void symbols(long address, long[] names) {
    Cursor c = new Cursor(in, structures, address).signature("SNOD").skip(2);
    int n = c.u16();
    if (n > 2 * leafK) {
      throw new IllegalArgumentException(n + " symbols in a node for " + 2 * leafK);
    }
    structures.extent(address, 8 + 80L * leafK);
    for (int i = 0; i < n; i++) {
      long name = c.length();
      if (name >= names[1]) {
        throw new IndexOutOfBoundsException("a name at " + name + " of " + names[1]);
      }
      entry(c, text(names[0] + name));
    }
  }

  /** The rest of a symbol table entry, behind its name. */
  void entry(Cursor c, String name) {
    if (in.uint(c.at() + 8, 4) == 2) {
      c.skip(32); // a symbolic link, which has a text and no address
      return;
    }
    long header = c.pointer();
    long cache = c.u32();
    c.skip(4);
    if (cache == 1) {
      c.pointer();
      c.pointer();
    } else {
      c.skip(16);
    }
    members.accept(name, header);
  }

  private String text(long at) {
    int n = new Cursor(in, structures, at).terminated();
    return new String(in.bytes(at, n), StandardCharsets.UTF_8);
  }

  /** A link message. */
  void link(Cursor c) {
    c.version("a link", 1, 1);
    int flags = c.u8();
    int type = (flags & 8) != 0 ? c.u8() : 0;
    c.skip((flags & 4) != 0 ? 8 : 0).skip((flags & 16) != 0 ? 1 : 0);
    long n = c.uint(1 << (flags & 3));
    byte[] name = in.bytes(c.at(), n);
    c.skip(n);
    if (type == 0) {
      members.accept(new String(name, StandardCharsets.UTF_8), c.pointer());
    } else if (type > 1 && type < 64 || type > 64) {
      throw new IllegalArgumentException("a link of type " + type);
    }
  }

  /** What a group says of links that it keeps elsewhere. */
  void linkInfo(Cursor c) {
    c.version("link information", 0, 0);
    int flags = c.u8();
    c.skip((flags & 1) != 0 ? 8 : 0);
    dense(c, (flags & 2) != 0, 5, 6, 4, at -> link(new Cursor(in, structures, at)));
  }

  /** A fractal heap of links or attributes with the B-trees of their names and their order. */
  void dense(
      Cursor c,
      boolean ordered,
      int nameIndex,
      int orderIndex,
      int before,
      java.util.function.LongConsumer object) {
    long heap = c.pointer();
    long names = c.pointer();
    long order = ordered ? c.pointer() : Fields.UNDEFINED;
    if (heap == Fields.UNDEFINED) {
      return;
    }
    HeapWalk walk = new HeapWalk(in, structures);
    walk.heap(heap);
    walk.objects(names, nameIndex, before, object);
    if (order != Fields.UNDEFINED) {
      BTree2Walk.walk(in, structures, order, orderIndex, at -> {});
    }
  }
}
