package org.mdx.io.internal.hdf5.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An object header of either version where it is (specification, IV.A).
 *
 * @param address where it begins
 * @param version 1 or 2
 * @param flags of version 2
 * @param prefix bytes of version 2 between the flags and the size of the first block
 * @param messages in order, without continuations and gaps
 */
public record StoredHeader(
    long address, int version, int flags, byte[] prefix, List<StoredHeader.Message> messages) {
  private static final int CONTINUATION = 0x10;
  private static final int ORDERED = 4;

  /**
   * One message.
   *
   * @param at where its content is
   * @param order of its creation, if that is kept
   */
  public record Message(int type, int flags, long at, int size, int order) {
    static final int SHARED = 2;

    public boolean isShared() {
      return (flags & SHARED) != 0;
    }
  }

  private record Block(long address, long length) {}

  /** Reads a header and reports what belongs to it. */
  public static StoredHeader read(Source in, Structures structures, long address) {
    List<Message> messages = new ArrayList<>();
    Deque<Block> blocks = new ArrayDeque<>();
    Visited visited = new Visited();
    if (in.u8(address) == 'O') {
      return versionTwo(in, structures, address, messages, blocks, visited);
    }
    Cursor c = new Cursor(in, structures, address);
    c.version("an object header", 1, 1);
    c.version("an object header's second byte", 0, 0);
    c.skip(6);
    long length = c.u32();
    structures.extent(address, 16);
    blocks.add(new Block(address + 16, length));
    for (long total = 0; !blocks.isEmpty(); ) {
      Block b = blocks.poll();
      total = total(total, b, in);
      visited.add(b.address);
      structures.extent(b.address, b.length);
      Cursor m = new Cursor(in, structures, b.address);
      while (b.address + b.length - m.at() >= 8) {
        int type = m.u16();
        int size = m.u16();
        int flags = m.u8();
        m.skip(3);
        message(m, type, flags, size, 0, b.address + b.length, messages, blocks);
      }
    }
    return new StoredHeader(address, 1, 0, new byte[0], List.copyOf(messages));
  }

  /** Blocks that lie on top of one another would be longer than the file. */
  private static long total(long before, Block b, Source in) {
    long total = before + b.length;
    if (total < before || total > in.size()) {
      throw new IllegalArgumentException(total + " bytes of messages");
    }
    return total;
  }

  private static StoredHeader versionTwo(
      Source in,
      Structures structures,
      long address,
      List<Message> messages,
      Deque<Block> blocks,
      Visited visited) {
    Cursor c = new Cursor(in, structures, address).signature("OHDR");
    c.version("an object header", 2, 2);
    int flags = c.u8();
    int bytes = ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    byte[] prefix = in.bytes(c.at(), bytes);
    long length = c.skip(bytes).uint(1 << (flags & 3));
    boolean ordered = (flags & ORDERED) != 0;
    block(c, structures, address, c.at() + length, ordered, messages, blocks);
    for (long total = 0; !blocks.isEmpty(); ) {
      Block b = blocks.poll();
      total = total(total, b, in);
      visited.add(b.address);
      Cursor m = new Cursor(in, structures, b.address).signature("OCHK");
      block(m, structures, b.address, b.address + b.length - 4, ordered, messages, blocks);
    }
    return new StoredHeader(address, 2, flags, prefix, List.copyOf(messages));
  }

  /** Messages up to the checksum of a block of version 2. */
  private static void block(
      Cursor c,
      Structures structures,
      long from,
      long end,
      boolean ordered,
      List<Message> messages,
      Deque<Block> blocks) {
    structures.extent(from, end + 4 - from);
    structures.checksum(from, end);
    int head = ordered ? 6 : 4;
    while (end - c.at() >= head) {
      int type = c.u8();
      int size = c.u16();
      int flags = c.u8();
      int order = ordered ? c.u16() : 0;
      message(c, type, flags, size, order, end, messages, blocks);
    }
  }

  private static void message(
      Cursor c,
      int type,
      int flags,
      int size,
      int order,
      long end,
      List<Message> messages,
      Deque<Block> blocks) {
    long at = c.at();
    if (size > end - at) {
      throw new IndexOutOfBoundsException("a message of " + size + " of " + (end - at) + " bytes");
    }
    if (type == CONTINUATION) {
      blocks.add(new Block(c.pointer(), c.length()));
    } else if (type != 0) {
      messages.add(new Message(type, flags, at, size, order));
    }
    c.skip(at + size - c.at());
  }

  public Message find(int type) {
    return messages.stream().filter(m -> m.type == type).findFirst().orElse(null);
  }

  /**
   * The header with other messages, in one block.
   *
   * @param contents of all messages, each of which may be another than before
   */
  public byte[] write(List<Message> heads, List<byte[]> contents, byte[] referenceCount) {
    MetadataBlock m = new MetadataBlock(0);
    boolean ordered = (flags & ORDERED) != 0;
    for (int i = 0; i < heads.size(); i++) {
      Message h = heads.get(i);
      byte[] content = contents.get(i);
      if (version == 1) {
        int size = content.length + 7 & ~7;
        m.u16(h.type).u16(size).u8(h.flags).zeros(3).bytes(content).align();
      } else {
        m.u8(h.type).u16(content.length).u8(h.flags);
        if (ordered) {
          m.u16(h.order);
        }
        m.bytes(content);
      }
    }
    byte[] messages = m.toBytes();
    int length = messages.length;
    MetadataBlock out = new MetadataBlock(0);
    if (version == 1) {
      out.u8(1).u8(0).u16(heads.size()).bytes(referenceCount).u32(length).u32(0);
    } else {
      out.ascii("OHDR").u8(2).u8(flags & ~3 | 2).bytes(prefix).u32(length);
    }
    out.bytes(messages);
    if (version == 2) {
      out.u32(Lookup3.hash(out.content()));
    }
    return out.toBytes();
  }
}
