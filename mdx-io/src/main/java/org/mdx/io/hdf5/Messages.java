package org.mdx.io.hdf5;

import java.util.List;

/** What the messages of an object header hold (specification, IV.A). */
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

  /** Types of the B-trees of attributes by name and by order. */
  static final int ATTRIBUTE_NAMES = 8;

  static final int ATTRIBUTE_ORDER = 9;

  /** Half the children of nodes, for readers that need not know what the superblock says. */
  static final int LARGEST_K = 1 << 15;

  private static final int COMMITTED_DEPTH = 4;

  private Messages() {}

  /** All messages of the object at an address. */
  static List<StoredHeader.Message> read(Store store, long address) {
    return StoredHeader.read(store, store.comparing(), address).messages();
  }

  /** The fields of the first message of a type, or null. */
  static Fields find(Store store, List<StoredHeader.Message> messages, int type) {
    return find(store, messages, type, 0);
  }

  private static Fields find(
      Store store, List<StoredHeader.Message> messages, int type, int depth) {
    for (StoredHeader.Message m : messages) {
      if (m.type() == type) {
        Fields f = store.at(m.at(), m.size());
        return m.isShared() ? shared(store, type, f, depth + 1) : f;
      }
    }
    return null;
  }

  /** The message that another object holds, such as a committed datatype. */
  static Fields shared(Store store, int type, Fields reference, int depth) {
    if (depth > COMMITTED_DEPTH) {
      throw new IllegalArgumentException("shared messages that refer to one another");
    }
    int version = reference.version("a shared message", 1, 3);
    int kind = reference.u8();
    if (version == 3 && kind == 1) {
      throw new IllegalArgumentException("a message in the shared message heap");
    }
    long address = reference.skip(version == 1 ? 6 : 0).address();
    Fields found = find(store, read(store, address), type, depth);
    if (found == null) {
      throw new IllegalArgumentException("no message of type " + type + " at " + address);
    }
    return found;
  }
}
