package org.mdx.io.internal.hdf5.read;

import java.util.List;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.Layout;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.StoredHeader;
import org.mdx.io.internal.hdf5.structure.TypeMessage;

/** What the header of a dataset says. Arrays are not changed after construction. */
public final class DatasetInfo {
  public final StoredType type;
  public final long[] shape;

  /** What the shape can grow to. */
  final long[] greatest;

  public final Layout layout;
  public final FilterPipeline filters;

  /** One element for what was never written, or null for zero. */
  final byte[] fill;

  private DatasetInfo(
      StoredType type,
      long[] shape,
      long[] greatest,
      Layout layout,
      FilterPipeline filters,
      byte[] fill) {
    this.type = type;
    this.shape = shape;
    this.greatest = greatest;
    this.layout = layout;
    this.filters = filters;
    this.fill = fill;
  }

  /** Reads the messages of an object; null if it is no dataset. */
  static DatasetInfo read(Store store, List<StoredHeader.Message> messages) {
    Fields layout = Messages.find(store, store.comparing(), messages, Messages.LAYOUT);
    Fields type = Messages.find(store, store.comparing(), messages, Messages.DATATYPE);
    Fields space = Messages.find(store, store.comparing(), messages, Messages.DATASPACE);
    if (layout == null || type == null || space == null) {
      return null;
    }
    StoredType t = TypeMessage.read(type);
    long[] shape = Dataspace.read(space);
    Fields filters = Messages.find(store, store.comparing(), messages, Messages.FILTERS);
    if (Messages.find(store, store.comparing(), messages, Messages.EXTERNAL_FILES) != null) {
      throw new IllegalArgumentException("data in external files of raw bytes");
    }
    return new DatasetInfo(
        t,
        shape,
        Dataspace.greatest(Messages.find(store, store.comparing(), messages, Messages.DATASPACE)),
        Layout.read(layout, shape.length, t.bytes()),
        filters == null ? FilterPipeline.NONE : FilterPipeline.read(filters),
        fill(store, messages, t.bytes()));
  }

  private static byte[] fill(Store store, List<StoredHeader.Message> messages, int bytes) {
    Fields f = Messages.find(store, store.comparing(), messages, Messages.FILL_VALUE);
    if (f == null) {
      Fields old = Messages.find(store, store.comparing(), messages, Messages.OLD_FILL_VALUE);
      return old == null ? null : value(old, bytes);
    }
    int version = f.version("a fill value", 1, 3);
    boolean given = version == 3 ? (f.u8() & 0x20) != 0 : f.skip(2).u8() != 0;
    return given ? value(f, bytes) : null;
  }

  private static byte[] value(Fields f, int bytes) {
    long n = f.remaining() < 4 ? 0 : f.u32();
    if (n == 0) {
      return null;
    }
    if (n != bytes) {
      throw new IllegalArgumentException("a fill value of " + n + " bytes, not " + bytes);
    }
    return f.part(n).rest();
  }
}
