package org.mdx.io.internal.hdf5.structure;

import java.util.List;

/** What the messages of an object header hold (specification, IV.A). */
public final class Messages {
  public static final int DATASPACE = 0x01;
  public static final int LINK_INFO = 0x02;
  public static final int DATATYPE = 0x03;
  public static final int OLD_FILL_VALUE = 0x04;
  public static final int FILL_VALUE = 0x05;
  public static final int LINK = 0x06;
  public static final int EXTERNAL_FILES = 0x07;
  public static final int LAYOUT = 0x08;
  public static final int FILTERS = 0x0B;
  public static final int ATTRIBUTE = 0x0C;
  public static final int ATTRIBUTE_INFO = 0x15;
  public static final int SYMBOL_TABLE = 0x11;

  /** Types of the B-trees of attributes by name and by order. */
  public static final int ATTRIBUTE_NAMES = 8;

  public static final int ATTRIBUTE_ORDER = 9;

  /** Half the children of nodes, for readers that need not know what the superblock says. */
  public static final int LARGEST_K = 1 << 15;

  private static final int COMMITTED_DEPTH = 4;

  private Messages() {}

  /** All messages of the object at an address. */
  public static List<StoredHeader.Message> read(Source in, Structures told, long address) {
    return StoredHeader.read(in, told, address).messages();
  }

  /** The fields of the first message of a type, or null. */
  public static Fields find(
      Source in, Structures told, List<StoredHeader.Message> messages, int type) {
    return find(in, told, messages, type, 0);
  }

  private static Fields find(
      Source in, Structures told, List<StoredHeader.Message> messages, int type, int depth) {
    for (StoredHeader.Message m : messages) {
      if (m.type() == type) {
        Fields f = in.fields(m.at(), m.size());
        return m.isShared() ? shared(in, told, type, f, depth + 1) : f;
      }
    }
    return null;
  }

  /** The message that another object holds, such as a committed datatype. */
  public static Fields shared(Source in, Structures told, int type, Fields reference, int depth) {
    if (depth > COMMITTED_DEPTH) {
      throw new IllegalArgumentException("shared messages that refer to one another");
    }
    int version = reference.version("a shared message", 1, 3);
    int kind = reference.u8();
    if (version == 3 && kind == 1) {
      throw new IllegalArgumentException("a message in the shared message heap");
    }
    long address = reference.skip(version == 1 ? 6 : 0).address();
    Fields found = find(in, told, read(in, told, address), type, depth);
    if (found == null) {
      throw new IllegalArgumentException("no message of type " + type + " at " + address);
    }
    return found;
  }
}
