package org.mdx.io.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The messages of an object header of either version (specification, IV.A). */
final class Messages {
  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int OLD_FILL_VALUE = 0x04;
  static final int FILL_VALUE = 0x05;
  static final int LINK = 0x06;
  static final int EXTERNAL_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0B;
  static final int ATTRIBUTE = 0x0C;
  static final int ATTRIBUTE_INFO = 0x15;
  static final int SYMBOL_TABLE = 0x11;

  private static final int CONTINUATION = 0x10;
  private static final int SHARED = 2;
  private static final int COMMITTED_DEPTH = 4;

  /** One message; take its fields fresh. */
  record Message(int type, Fields fields) {}

  private record Block(long address, long length) {}

  private final Store store;
  private final int depth;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Store.Visited visited = new Store.Visited();
  private long continued;

  private Messages(Store store, int depth) {
    this.store = store;
    this.depth = depth;
  }

  /** Reads all messages of the object at an address. */
  static List<Message> read(Store store, long address) {
    return read(store, address, 0);
  }

  private static List<Message> read(Store store, long address, int depth) {
    if (depth > COMMITTED_DEPTH) {
      throw new IllegalArgumentException("shared messages that refer to one another");
    }
    Messages m = new Messages(store, depth);
    if (store.at(address, 4).u8() == 'O') {
      m.versionTwo(address);
    } else {
      m.versionOne(address);
    }
    return m.messages;
  }

  /** The first message of a type, or null. */
  static Fields find(List<Message> messages, int type) {
    for (Message m : messages) {
      if (m.type == type) {
        return m.fields.fresh();
      }
    }
    return null;
  }

  private void versionOne(long address) {
    Fields f = store.at(address, 16);
    f.version("an object header", 1, 1);
    f.version("an object header's second byte", 0, 0);
    f.skip(6);
    blocks.add(new Block(address + 16, f.u32()));
    while (!blocks.isEmpty()) {
      Block b = blocks.poll();
      visited.add(b.address);
      Fields in = store.at(b.address, b.length);
      while (in.remaining() >= 8) {
        int type = in.u16();
        int size = in.u16();
        int flags = in.u8();
        message(type, flags, in.skip(3).part(size));
      }
    }
  }

  private void versionTwo(long address) {
    Fields f = store.upTo(address, 40).signature("OHDR");
    f.version("an object header", 2, 2);
    int flags = f.u8();
    f.skip((flags & 0x20) != 0 ? 16 : 0).skip((flags & 0x10) != 0 ? 4 : 0);
    long length = f.uint(1 << (flags & 3));
    boolean ordered = (flags & 4) != 0;
    int head = f.position();
    Fields first = store.checked("object header", address, Math.addExact(head, length));
    messages(first.skip(head), ordered);
    while (!blocks.isEmpty()) {
      Block b = blocks.poll();
      visited.add(b.address);
      String what = "continued object header";
      messages(
          store.checked(what, b.address, b.length - Store.CHECKSUM).signature("OCHK"), ordered);
    }
  }

  private void messages(Fields in, boolean ordered) {
    int head = ordered ? 6 : 4;
    while (in.remaining() >= head) {
      int type = in.u8();
      int size = in.u16();
      int flags = in.u8();
      message(type, flags, in.skip(head - 4).part(size));
    }
  }

  private void message(int type, int flags, Fields fields) {
    if (type == CONTINUATION) {
      Block b = new Block(fields.address(), fields.length());
      continued += b.length;
      if (continued < 0 || continued > store.size()) {
        throw new IllegalArgumentException(continued + " bytes of messages");
      }
      blocks.add(b);
    } else if ((flags & SHARED) != 0) {
      messages.add(new Message(type, committed(type, fields)));
    } else {
      messages.add(new Message(type, fields));
    }
  }

  /** The message that another object holds, such as a committed datatype. */
  private Fields committed(int type, Fields reference) {
    return shared(store, type, reference, depth + 1);
  }

  static Fields shared(Store store, int type, Fields reference, int depth) {
    int version = reference.version("a shared message", 1, 3);
    int kind = reference.u8();
    if (version == 3 && kind == 1) {
      throw new IllegalArgumentException("a message in the shared message heap");
    }
    long address = reference.skip(version == 1 ? 6 : 0).address();
    Fields found = find(read(store, address, depth), type);
    if (found == null) {
      throw new IllegalArgumentException("no message of type " + type + " at " + address);
    }
    return found;
  }
}
