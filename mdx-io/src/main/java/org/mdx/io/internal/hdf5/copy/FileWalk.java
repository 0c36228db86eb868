package org.mdx.io.internal.hdf5.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mdx.io.hdf5.element.StackRule;
import org.mdx.io.internal.hdf5.structure.Cursor;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.GroupWalk;
import org.mdx.io.internal.hdf5.structure.HeapWalk;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.StoredHeader;

/**
 * Walks everything that a file holds, from its superblock, reports it, and finds the stacks of
 * frames. A structure that is not known is refused: it might hold addresses.
 */
final class FileWalk {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int PAGED = 1;
  private static final int TREE_SIZES = 0x13;
  private static final int FILE_SPACE = 0x17;

  private record Place(String path, long address) {}

  private final PagedBytes in;
  private final Relocation relocation;
  private final StackRule rule;
  private final boolean compressed;
  private final ElementWalk elements;
  private final Deque<Place> pending = new ArrayDeque<>();
  private final Set<Long> seen = new HashSet<>();
  private final List<Stack> stacks = new ArrayList<>();
  private int leafK = 4;
  private int internalK = 16;
  private int treeK = 32;
  private long endField;
  private long end;
  private int objects;

  /**
   * A walk.
   *
   * @param compressed whether stacks that are compressed frame by frame are taken too
   */
  FileWalk(PagedBytes in, Relocation relocation, StackRule rule, boolean compressed) {
    this.compressed = compressed;
    this.in = in;
    this.relocation = relocation;
    this.rule = rule;
    this.elements = new ElementWalk(in, relocation);
  }

  /** Where the superblock is: at 0, or behind a block of the user's of 512·2ⁿ bytes; or −1. */
  static long find(PagedBytes in) {
    in.base(0);
    for (long at = 0; at + 8 <= in.size(); at = at == 0 ? 512 : 2 * at) {
      if (java.util.Arrays.equals(in.bytes(at, 8), SIGNATURE)) {
        return at;
      }
    }
    return -1;
  }

  List<Stack> stacks() {
    return stacks;
  }

  /** Half the children of a node in a B-tree of chunks. */
  int treeK() {
    return treeK;
  }

  /** Where the superblock says that the file ends, counted from the base. */
  long end() {
    return end;
  }

  int objects() {
    return objects;
  }

  /** Makes the superblock say that the file ends elsewhere. */
  void newEnd(long address) {
    long stored = address + in.base();
    relocation.overwrite(endField, (int) stored);
    relocation.overwrite(endField + 4, (int) (stored >>> 32));
  }

  /** Walks the file. */
  void walk() {
    long base = find(in);
    if (base < 0) {
      throw new IllegalArgumentException("no HDF5 signature");
    }
    in.base(base);
    int version = in.u8(8);
    if (version < 2) {
      superblockZero(version, base);
    } else {
      superblockTwo(version, base);
    }
    while (!pending.isEmpty()) {
      Place p = pending.poll();
      object(p.path, StoredHeader.read(in, relocation, p.address));
    }
  }

  private void sizes(int offset, int length) {
    if (offset != 8 || length != 8) {
      throw new IllegalArgumentException(
          "addresses of " + offset + " and lengths of " + length + " bytes; 8 can be copied");
    }
  }

  private void end(Cursor c, long base) {
    endField = c.at();
    end = c.length() - base;
    if (end > in.size()) {
      throw new IllegalArgumentException("a file that ends at byte " + in.size() + " of " + end);
    }
  }

  private static void requireBase(long found, long base) {
    if (found != base) {
      throw new IllegalArgumentException("a superblock at " + base + " for a base at " + found);
    }
  }

  private void superblockZero(int version, long base) {
    Cursor c = new Cursor(in, relocation, 8);
    c.version("a superblock", 0, 1);
    c.skip(4);
    sizes(c.u8(), c.u8());
    leafK = c.skip(1).u16();
    internalK = c.u16();
    c.skip(4);
    if (version == 1) {
      treeK = c.u16();
      c.skip(2);
    }
    requireBase(c.length(), base);
    if (c.pointer() != Fields.UNDEFINED) {
      throw new IllegalArgumentException("a list of free space in the file");
    }
    end(c, base);
    if (c.pointer() != Fields.UNDEFINED) {
      throw new IllegalArgumentException("a file of several parts");
    }
    c.skip(8);
    groups().entry(c, "", new long[2]);
    relocation.extent(0, c.at());
  }

  private void superblockTwo(int version, long base) {
    Cursor c = new Cursor(in, relocation, 8);
    c.version("a superblock", 2, 3);
    sizes(c.u8(), c.u8());
    int flags = c.u8();
    if (version == 3 && (flags & 5) != 0) {
      throw new IllegalArgumentException(
          "the mark of a program that is writing the file, or did not end as it should");
    }
    requireBase(c.length(), base);
    long extension = c.pointer();
    end(c, base);
    long root = c.pointer();
    relocation.checksum(0, c.at());
    relocation.extent(0, c.at() + 4);
    if (extension != Fields.UNDEFINED) {
      extension(StoredHeader.read(in, relocation, extension));
    }
    enqueue("/", root);
  }

  private void extension(StoredHeader h) {
    for (StoredHeader.Message m : h.messages()) {
      Cursor c = new Cursor(in, relocation, m.at());
      switch (m.type()) {
        case TREE_SIZES -> {
          c.version("sizes of B-trees", 0, 0);
          treeK = c.u16();
          internalK = c.u16();
          leafK = c.u16();
        }
        case FILE_SPACE -> {
          c.version("file space information", 1, 1);
          int strategy = c.u8();
          boolean kept = c.u8() != 0;
          long page = c.skip(8).length();
          c.skip(2);
          boolean free = c.pointer() != Fields.UNDEFINED && kept;
          for (int i = 0; kept && i < 12; i++) {
            free |= c.pointer() != Fields.UNDEFINED;
          }
          if (free) {
            throw new IllegalArgumentException("a list of free space in the file");
          }
          if (strategy == PAGED) {
            if (page < 512 || Long.bitCount(page) != 1 || page > 1 << 30) {
              throw new IllegalArgumentException("pages of " + page + " bytes");
            }
            relocation.alignment(page);
          }
        }
        default -> throw new IllegalArgumentException("a superblock message of type " + m.type());
      }
    }
  }

  private void enqueue(String path, long address) {
    if (seen.add(address)) {
      pending.add(new Place(path, address));
    }
  }

  private GroupWalk groups() {
    return groups("");
  }

  private GroupWalk groups(String path) {
    return new GroupWalk(
        in,
        relocation,
        leafK,
        internalK,
        (name, address) -> enqueue(path.equals("/") ? "/" + name : path + "/" + name, address));
  }

  private void object(String path, StoredHeader h) {
    objects++;
    GroupWalk groups = groups(path);
    for (StoredHeader.Message m : h.messages()) {
      Cursor c = new Cursor(in, relocation, m.at());
      if (m.isShared()) {
        shared(c);
        continue;
      }
      switch (m.type()) {
        case 0x02 -> groups.linkInfo(c);
        case 0x06 -> groups.link(c);
        case 0x11 -> groups.symbolTable(c);
        case Messages.EXTERNAL_FILES -> {
          c.version("external files", 1, 1);
          c.skip(7);
          groups.heap(c.pointer());
        }
        case Messages.ATTRIBUTE -> attribute(m.at(), m.size());
        case Messages.ATTRIBUTE_INFO -> {
          c.version("attribute information", 0, 0);
          int flags = c.u8();
          c.skip((flags & 1) != 0 ? 2 : 0);
          GroupWalk.dense(
              in,
              relocation,
              c,
              (flags & 2) != 0 ? Messages.ATTRIBUTE_ORDER : 0,
              Messages.ATTRIBUTE_NAMES,
              0,
              this::attribute);
        }
        case 0x01, 0x03, 0x04, 0x05, 0x08, 0x0A, 0x0B, 0x0D, 0x0E, 0x12, 0x16 -> {}
        default -> throw new IllegalArgumentException("a message of type " + m.type());
      }
    }
    if (h.find(Messages.LAYOUT) != null) {
      new DatasetWalk(this, path, h).walk();
    }
  }

  PagedBytes in() {
    return in;
  }

  Relocation relocation() {
    return relocation;
  }

  ElementWalk elements() {
    return elements;
  }

  StackRule rule() {
    return rule;
  }

  boolean takesCompressed() {
    return compressed;
  }

  /** A message that another object holds; returns the address of that. */
  private long shared(Cursor c) {
    int version = c.version("a shared message", 1, 3);
    int kind = c.u8();
    if (version == 3 && kind == 1) {
      throw new IllegalArgumentException("messages in a heap that objects share");
    }
    long address = c.skip(version == 1 ? 6 : 0).pointer();
    enqueue("", address);
    return address;
  }

  /** Where the content of a datatype or dataspace message is, here or in another object. */
  long content(int type, boolean isShared, long at) {
    if (!isShared) {
      return at;
    }
    long address = shared(new Cursor(in, HeapWalk.NOTHING, at));
    StoredHeader.Message m = StoredHeader.read(in, HeapWalk.NOTHING, address).find(type);
    if (m == null || m.isShared()) {
      throw new IllegalArgumentException("no message of type " + type + " at " + address);
    }
    return m.at();
  }

  private void attribute(long at, long most) {
    Cursor c = new Cursor(in, relocation, at);
    int version = c.version("an attribute", 1, 3);
    int flags = version == 1 ? c.u8() & 0 : c.u8();
    int name = c.u16();
    int type = c.u16();
    int space = c.u16();
    c.skip(version == 3 ? 1 : 0).skip(padded(name, version));
    long typeAt = c.at();
    long spaceAt = typeAt + padded(type, version);
    long data = spaceAt + padded(space, version);
    for (int bit = 1; bit <= 2; bit++) {
      if ((flags & bit) != 0) {
        shared(new Cursor(in, relocation, bit == 1 ? typeAt : spaceAt));
      }
    }
    typeAt = content(Messages.DATATYPE, (flags & 1) != 0, typeAt);
    spaceAt = content(Messages.DATASPACE, (flags & 2) != 0, spaceAt);
    ElementAddresses e = ElementAddresses.read(new Cursor(in, HeapWalk.NOTHING, typeAt));
    long n = Dataspace.size(space(spaceAt));
    long bytes = Math.multiplyExact(n, e.bytes());
    in.check(data, bytes);
    if (data + bytes - at > most) {
      throw new IllegalArgumentException("an attribute that is longer than its message");
    }
    elements.elements(data, n, e);
  }

  private static int padded(int n, int version) {
    return version == 1 ? n + 7 & ~7 : n;
  }

  /** Lengths of the axes of a dataspace. */
  long[] space(long at) {
    int rank = in.u8(at + 1);
    return Dataspace.read(in.fields(at, Math.min(8 + 8L * rank, in.size() - at)));
  }
}
