package org.mdx.io.hdf5;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of a group, in either layout (specification, III.C and IV.A.2.c, g, r). */
final class Links {
  private static final int NAME_INDEX = 5;

  /** What a name stands for: an address in this file, a path in this file, or a path in another. */
  record Link(long address, String file, String path) {
    boolean isHard() {
      return path == null;
    }
  }

  private final Store store;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Store.Visited visited = new Store.Visited();
  private long entries;

  private Links(Store store) {
    this.store = store;
  }

  /** The members of a group by its messages, or null if the object is no group. */
  static Map<String, Link> read(Store store, List<Messages.Message> messages) {
    Links l = new Links(store);
    boolean group = false;
    for (Messages.Message m : messages) {
      Fields f = m.fields().fresh();
      switch (m.type()) {
        case Messages.SYMBOL_TABLE -> {
          group = true;
          long tree = f.address();
          l.symbols(tree, l.heap(f.address()), 256);
        }
        case Messages.LINK -> {
          group = true;
          l.link(f);
        }
        case Messages.LINK_INFO -> {
          group = true;
          l.dense(f);
        }
        default -> {}
      }
    }
    return group ? l.links : null;
  }

  private Fields heap(long address) {
    Fields f = store.at(address, 8 + 2L * store.lengthBytes() + store.offsetBytes());
    f.signature("HEAP").skip(4);
    long size = f.length();
    f.length();
    return store.at(f.address(), size);
  }

  private void symbols(long address, Fields heap, int below) {
    visited.add(address);
    Fields head = store.at(address, 8);
    int first = head.u8();
    if (first == 'S') {
      Fields f = store.at(address, 8).signature("SNOD").skip(2);
      int n = f.u16();
      int entry = 2 * store.offsetBytes() + 24;
      entries += n;
      if (entries > store.size() / entry) {
        throw new IllegalArgumentException("more members of a group than there is room for");
      }
      Fields table = store.at(address + 8, (long) n * entry);
      for (int i = 0; i < n; i++) {
        symbol(table.part(entry), heap);
      }
      return;
    }
    Fields f = store.at(address, 8).signature("TREE").skip(1);
    int level = f.u8();
    int n = f.u16();
    if (level >= below) {
      throw new IllegalArgumentException("a tree of groups that grows downwards");
    }
    int head2 = 8 + 2 * store.offsetBytes();
    long body = (long) n * (store.offsetBytes() + store.lengthBytes());
    Fields children = store.at(address + head2, body);
    for (int i = 0; i < n; i++) {
      children.length();
      symbols(children.address(), heap, level);
    }
  }

  private void symbol(Fields entry, Fields heap) {
    long name = entry.address();
    long address = entry.address();
    long cache = entry.u32();
    String key = at(heap, name);
    Link link =
        cache == 2
            ? new Link(0, null, at(heap, entry.skip(4).u32()))
            : new Link(address, null, null);
    links.put(key, link);
  }

  private static String at(Fields heap, long offset) {
    return new Fields(heap.buffer(), 8, 8).skip(Math.toIntExact(offset)).terminated();
  }

  private void link(Fields f) {
    f.version("a link", 1, 1);
    int flags = f.u8();
    int type = (flags & 8) != 0 ? f.u8() : 0;
    f.skip((flags & 4) != 0 ? 8 : 0).skip((flags & 16) != 0 ? 1 : 0);
    String name = f.text(f.uint(1 << (flags & 3)));
    if (type == 0) {
      links.put(name, new Link(f.address(), null, null));
    } else if (type == 1) {
      links.put(name, new Link(0, null, f.text(f.u16())));
    } else if (type == 64) {
      Fields target = f.part(f.u16()).skip(1);
      String file = target.terminated();
      links.put(name, new Link(0, file, target.text(target.remaining())));
    }
  }

  private void dense(Fields f) {
    f.version("link information", 0, 0);
    int flags = f.u8();
    f.skip((flags & 1) != 0 ? 8 : 0);
    long heapAddress = f.address();
    long index = f.address();
    if (heapAddress == Fields.UNDEFINED) {
      return;
    }
    FractalHeap heap = new FractalHeap(store, heapAddress);
    BTree2.walk(store, index, NAME_INDEX, record -> link(heap.object(record.skip(4))));
  }
}
