package org.mdx.io.internal.hdf5.structure;

import java.nio.charset.StandardCharsets;

/** Walks the members of a group in either layout where they are (specification, III.A to III.D). */
public final class GroupWalk {
  private static final int NAME_INDEX = 5;
  private static final int ORDER_INDEX = 6;

  private final Source in;
  private final Structures structures;
  private final int leafK;
  private final int internalK;
  private final Members members;
  private final Visited visited = new Visited();
  private long entries;

  /** Takes the links of a group. */
  @FunctionalInterface
  public interface Members {
    /** An object of this file. */
    void hard(String name, long address);

    /** A path in this file. */
    default void soft(String name, String path) {}

    /** A path in another file. */
    default void external(String name, String file, String path) {}

    /** A link of a kind that a program defines, 2 or more. */
    default void other(String name, int kind) {
      throw new IllegalArgumentException("a link of type " + kind);
    }
  }

  /**
   * A walk.
   *
   * @param members takes the links
   */
  public GroupWalk(Source in, Structures structures, int leafK, int internalK, Members members) {
    this.in = in;
    this.structures = structures;
    this.leafK = leafK;
    this.internalK = internalK;
    this.members = members;
  }

  /** A symbol table: its B-tree and its heap of names. */
  public void symbolTable(Cursor c) {
    long tree = c.pointer();
    long heap = c.pointer();
    long[] names = heap(heap);
    nodes(tree, names, 256);
  }

  /** A local heap; returns where its data begin and how many there are. */
  public long[] heap(long address) {
    Cursor c = new Cursor(in, structures, address).signature("HEAP").skip(4);
    long size = c.length();
    c.skip(in.lengthBytes());
    long data = c.pointer();
    structures.extent(address, 32);
    in.check(data, size);
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
      c.skip(in.lengthBytes());
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
    entries += n;
    if (entries > in.size() / (2 * in.offsetBytes() + 24)) {
      throw new IllegalArgumentException("more members of a group than there is room for");
    }
    for (int i = 0; i < n; i++) {
      entry(c, text(names, c.uint(in.offsetBytes())), names);
    }
  }

  /** The rest of a symbol table entry, behind its name. */
  public void entry(Cursor c, String name, long[] names) {
    long at = c.at();
    int addresses = in.offsetBytes();
    if (in.uint(at + addresses, 4) == 2) {
      members.soft(name, text(names, in.uint(at + addresses + 8, 4))); // it has no address
    } else {
      long header = c.pointer();
      if (c.u32() == 1) {
        c.skip(4);
        c.pointer();
        c.pointer();
      }
      members.hard(name, header);
    }
    c.skip(at + addresses + 24 - c.at());
  }

  private String text(long[] names, long offset) {
    if (offset < 0 || offset >= names[1]) {
      throw new IndexOutOfBoundsException("a name at " + offset + " of " + names[1]);
    }
    long at = names[0] + offset;
    int n = new Cursor(in, structures, at).terminated();
    return new String(in.bytes(at, n), StandardCharsets.UTF_8);
  }

  /** A link message. */
  public void link(Cursor c) {
    c.version("a link", 1, 1);
    int flags = c.u8();
    int type = (flags & 8) != 0 ? c.u8() : 0;
    c.skip((flags & 4) != 0 ? 8 : 0).skip((flags & 16) != 0 ? 1 : 0);
    long n = c.uint(1 << (flags & 3));
    String name = in.fields(c.at(), n).text(n);
    c.skip(n);
    if (type == 0) {
      members.hard(name, c.pointer());
    } else if (type == 1) {
      int length = c.u16();
      members.soft(name, in.fields(c.at(), length).text(length));
    } else if (type == 64) {
      int length = c.u16();
      Fields target = in.fields(c.at(), length).skip(1);
      members.external(name, target.terminated(), target.text(target.remaining()));
    } else {
      members.other(name, type);
    }
  }

  /** What a group says of links that it keeps elsewhere. */
  public void linkInfo(Cursor c) {
    c.version("link information", 0, 0);
    int flags = c.u8();
    c.skip((flags & 1) != 0 ? 8 : 0);
    dense(
        in,
        structures,
        c,
        (flags & 2) != 0 ? ORDER_INDEX : 0,
        NAME_INDEX,
        4,
        (at, size) -> link(new Cursor(in, structures, at)));
  }

  /**
   * A fractal heap of links or attributes with the B-trees of their names and their order.
   *
   * @param orderIndex type of the tree of their order, 0 if there is none
   * @param nameIndex type of the tree of their names
   * @param before bytes of its records before the heap ID
   */
  public static void dense(
      Source in,
      Structures structures,
      Cursor c,
      int orderIndex,
      int nameIndex,
      int before,
      BTree2Walk.Records object) {
    long heap = c.pointer();
    long names = c.pointer();
    long order = orderIndex > 0 ? c.pointer() : Fields.UNDEFINED;
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
