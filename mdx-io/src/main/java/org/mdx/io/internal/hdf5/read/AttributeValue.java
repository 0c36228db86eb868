package org.mdx.io.internal.hdf5.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.structure.Cursor;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.GlobalHeapReader;
import org.mdx.io.internal.hdf5.structure.GroupWalk;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.StoredHeader;
import org.mdx.io.internal.hdf5.structure.TypeMessage;

/** One attribute of a group or dataset, numbers or texts. */
public final class AttributeValue {
  private static final int SHARED_TYPE = 1;
  private static final int SHARED_SPACE = 2;

  private final Store store;
  public final String name;
  public final StoredType type;
  public final long[] shape;
  private final Fields data;

  private AttributeValue(Store store, String name, StoredType type, long[] shape, Fields data) {
    this.store = store;
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  /** All attributes of an object by name, in the order of the file. */
  static Map<String, AttributeValue> readAll(Store store, List<StoredHeader.Message> messages) {
    Map<String, AttributeValue> all = new LinkedHashMap<>();
    for (StoredHeader.Message m : messages) {
      if (m.type() == Messages.ATTRIBUTE) {
        Fields f = store.at(m.at(), m.size());
        put(
            all,
            read(
                store,
                m.isShared() ? Messages.shared(store, store.comparing(), m.type(), f, 1) : f));
      } else if (m.type() == Messages.ATTRIBUTE_INFO) {
        dense(store, new Cursor(store, store.comparing(), m.at()), all);
      }
    }
    return all;
  }

  private static void put(Map<String, AttributeValue> all, AttributeValue a) {
    all.put(a.name, a);
  }

  private static void dense(Store store, Cursor c, Map<String, AttributeValue> all) {
    c.version("attribute information", 0, 0);
    int flags = c.u8();
    c.skip((flags & 1) != 0 ? 2 : 0);
    GroupWalk.dense(
        store,
        store.comparing(),
        c,
        (flags & 2) != 0 ? Messages.ATTRIBUTE_ORDER : 0,
        Messages.ATTRIBUTE_NAMES,
        0,
        (at, size) -> put(all, read(store, store.at(at, size))));
  }

  private static AttributeValue read(Store store, Fields f) {
    int version = f.version("an attribute", 1, 3);
    int flags = f.u8();
    int nameSize = f.u16();
    int typeSize = f.u16();
    int spaceSize = f.u16();
    f.skip(version == 3 ? 1 : 0);
    Fields nameField = f.part(padded(nameSize, version));
    Fields typeField = f.part(padded(typeSize, version));
    Fields spaceField = f.part(padded(spaceSize, version));
    if (version > 1 && (flags & SHARED_TYPE) != 0) {
      typeField = Messages.shared(store, store.comparing(), Messages.DATATYPE, typeField, 1);
    }
    if (version > 1 && (flags & SHARED_SPACE) != 0) {
      spaceField = Messages.shared(store, store.comparing(), Messages.DATASPACE, spaceField, 1);
    }
    return new AttributeValue(
        store,
        nameField.text(nameField.remaining()),
        TypeMessage.read(typeField),
        Dataspace.read(spaceField),
        f.fresh());
  }

  private static int padded(int n, int version) {
    return version == 1 ? (n + 7) & ~7 : n;
  }

  /** Number of elements, as the shape says. */
  public long size() {
    return Dataspace.size(shape);
  }

  /** The elements as numbers. */
  public double[] numbers() {
    int n = checkedSize();
    ByteBuffer b = data.buffer().order(type.order());
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = type.number(b, i * type.bytes());
    }
    return out;
  }

  /** The elements as texts. */
  public List<String> texts() {
    int n = checkedSize();
    Fields f = data.fresh();
    List<String> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      out.add(text(store, type, f.part(type.bytes())));
    }
    return out;
  }

  /** One text, stored in place or elsewhere. */
  public static String text(Store store, StoredType type, Fields element) {
    return type.kind() == StoredType.Kind.TEXT
        ? element.text(element.remaining()).stripTrailing()
        : GlobalHeapReader.text(store, element);
  }

  private int checkedSize() {
    if (size() > data.remaining() / type.bytes()) {
      throw new IllegalArgumentException(
          size() + " elements in " + data.remaining() + " bytes of attribute " + name);
    }
    return (int) size();
  }
}
