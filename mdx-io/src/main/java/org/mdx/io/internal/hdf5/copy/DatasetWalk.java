package org.mdx.io.internal.hdf5.copy;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;
import org.mdx.io.internal.hdf5.index.ChunkShape;
import org.mdx.io.internal.hdf5.index.ChunkWalk;
import org.mdx.io.internal.hdf5.structure.Cursor;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.HeapWalk;
import org.mdx.io.internal.hdf5.structure.Layout;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.io.internal.hdf5.structure.StoredHeader;
import org.mdx.io.internal.hdf5.structure.Structures;
import org.mdx.io.internal.hdf5.structure.TypeMessage;

/** Walks the elements of one dataset, or finds that it is a stack of frames. */
final class DatasetWalk {

  /** A chunk of several frames is decoded as a whole; a larger one is left as it is. */
  private static final long LARGEST_CHUNK = 1L << 27;

  /** Smaller data sets that are no stacks stay as they are; so do those with longer rows. */
  private static final long LEAST = 1 << 12;

  private static final long LARGEST_ROW = 1 << 26;
  private static final long LEAST_CHUNK = 1 << 10;
  private static final int LARGEST_ELEMENT = 1 << 10;

  private final FileWalk walk;
  private final PagedBytes in;
  private final Relocation relocation;
  private final String path;
  private final StoredHeader header;
  private final long[] shape;
  private final long[] greatest;
  private final StoredType type;
  private final ElementAddresses addresses;
  private final Layout layout;
  private final long layoutField;
  private final FilterPipeline filters;

  DatasetWalk(FileWalk walk, String path, StoredHeader header) {
    this.walk = walk;
    this.in = walk.in();
    this.relocation = walk.relocation();
    this.path = path;
    this.header = header;
    StoredHeader.Message space = header.find(Messages.DATASPACE);
    StoredHeader.Message typeMessage = header.find(Messages.DATATYPE);
    StoredHeader.Message layoutMessage = header.find(Messages.LAYOUT);
    StoredHeader.Message filterMessage = header.find(Messages.FILTERS);
    if (space == null || typeMessage == null || layoutMessage.isShared()) {
      throw new IllegalArgumentException("a dataset without a type or a shape");
    }
    long spaceAt = walk.content(Messages.DATASPACE, space.isShared(), space.at());
    shape = walk.space(spaceAt);
    greatest = Dataspace.greatest(in.fields(spaceAt, Math.min(1024, in.size() - spaceAt)));
    long at = walk.content(Messages.DATATYPE, typeMessage.isShared(), typeMessage.at());
    addresses = ElementAddresses.read(new Cursor(in, HeapWalk.NOTHING, at));
    type = TypeMessage.read(in.fields(at, Math.min(64, in.size() - at)));
    if (filterMessage != null && filterMessage.isShared()) {
      throw new IllegalArgumentException("filters that datasets share");
    }
    filters =
        filterMessage == null
            ? FilterPipeline.NONE
            : FilterPipeline.read(in.fields(filterMessage.at(), filterMessage.size()));
    Fields f = in.fields(layoutMessage.at(), layoutMessage.size());
    int version = f.fresh().u8();
    layout = Layout.read(f, shape.length, type.bytes());
    int field;
    if (version < 3) {
      field = 8;
    } else if (layout instanceof Layout.Chunked) {
      field = version == 3 ? 3 : f.position() - 8;
    } else {
      field = 2;
    }
    layoutField = layoutMessage.at() + field;
    fillValue();
  }

  private void fillValue() {
    for (StoredHeader.Message m : header.messages()) {
      boolean old = m.type() == Messages.OLD_FILL_VALUE;
      if (addresses.isEmpty() || m.isShared() || !old && m.type() != Messages.FILL_VALUE) {
        continue;
      }
      Cursor c = new Cursor(in, relocation, m.at());
      int version = old ? 0 : c.version("a fill value", 1, 3);
      boolean given = old || (version == 3 ? (c.u8() & 0x20) != 0 : c.skip(2).u8() != 0);
      if (given && c.u32() == addresses.bytes()) {
        walk.elements().elements(c.at(), 1, addresses);
      }
    }
  }

  void walk() {
    if (layout instanceof Layout.Compact c) {
      long n = Dataspace.size(shape);
      if (n > 0 && Math.multiplyExact(n, addresses.bytes()) > c.bytes().remaining()) {
        throw new IllegalArgumentException("compact data that are too short");
      }
      walk.elements().elements(compactData(), n, addresses);
    } else if (layout instanceof Layout.Virtual) {
      walk.elements().heapReference(new Cursor(in, relocation, layoutField));
    } else if (layout instanceof Layout.Contiguous c) {
      contiguous(c);
    } else if (layout instanceof Layout.Chunked c) {
      chunked(c);
    }
  }

  /** Compact data lie behind their length; in old versions also behind the lengths of the axes. */
  private long compactData() {
    long at = header.find(Messages.LAYOUT).at();
    return in.u8(at) < 3 ? at + 8 + 4L * in.u8(at + 1) + 4 : at + 4;
  }

  private void contiguous(Layout.Contiguous c) {
    if (c.address() == Fields.UNDEFINED) {
      return;
    }
    long bytes = Math.multiplyExact(Dataspace.size(shape), (long) type.bytes());
    int frames = frameAxis();
    in.check(c.address(), bytes);
    if ((frames >= 0 || isCompressible(null)) && bytes <= c.size()) {
      relocation.cut(c.address(), bytes);
      add(frames, null, c.address(), null);
      return;
    }
    new Cursor(in, relocation, layoutField).pointer();
    relocation.extent(c.address(), Math.max(bytes, Math.min(c.size(), in.size() - c.address())));
    walk.elements().elements(c.address(), Dataspace.size(shape), addresses);
  }

  private void chunked(Layout.Chunked c) {
    int frames = frameAxis();
    if ((frames >= 0 || isCompressible(c.chunk())) && filters.isKnown() && stack(c, frames)) {
      return;
    }
    if (c.address() == Fields.UNDEFINED) {
      return;
    }
    new Cursor(in, relocation, layoutField).pointer();
    boolean filtered = !filters.filters().isEmpty();
    long n = Arrays.stream(c.chunk()).asLongStream().reduce(1, (a, b) -> a * b);
    if (filtered && !addresses.isEmpty()) {
      throw new IllegalArgumentException("references or variable lengths in filtered chunks");
    }
    chunks(
        relocation,
        c,
        (number, address, size, mask) -> {
          relocation.extent(address, size);
          if (size >= n * addresses.bytes()) {
            walk.elements().elements(address, n, addresses);
          }
        });
  }

  private void chunks(Structures structures, Layout.Chunked c, ChunkWalk.Chunks sink) {
    boolean filtered = !filters.filters().isEmpty();
    ChunkShape chunks = new ChunkShape(shape, greatest, c.chunk(), type.bytes(), filtered);
    new ChunkWalk(in, structures, chunks, walk.treeK(), sink).walk(c);
  }

  /** Whether the elements are worth compressing chunk by chunk, and may be. */
  private boolean isCompressible(int[] chunk) {
    if (shape.length == 0
        || !addresses.isEmpty()
        || type.bytes() > LARGEST_ELEMENT
        || header.find(Messages.EXTERNAL_FILES) != null) {
      return false;
    }
    double all = type.bytes();
    for (long s : shape) {
      if (s < 1 || s > Integer.MAX_VALUE) {
        return false;
      }
      all *= s;
    }
    double part = chunk == null ? all / shape[0] : type.bytes();
    for (int a = 0; chunk != null && a < shape.length; a++) {
      part *= chunk[a];
    }
    return all >= LEAST && part <= LARGEST_ROW && (chunk == null || part >= LEAST_CHUNK);
  }

  /** The frame axis of what can be rewritten frame by frame; otherwise −1. */
  private int frameAxis() {
    int rank = shape.length;
    long frame = type.bytes();
    for (long s : shape) {
      if (s < 1 || s > Integer.MAX_VALUE) {
        return -1;
      }
    }
    boolean number = type.isNumber() && type.kind() != StoredType.Kind.ENUM;
    if (rank < 2 || rank > 3 || !number || header.find(Messages.EXTERNAL_FILES) != null) {
      return -1;
    }
    int axis = walk.rule().frameAxis(path, Dataspace.toInts(shape), type);
    if (axis != 0 && axis != rank - 1) {
      return -1;
    }
    for (int a = 0; a < rank; a++) {
      frame = a == axis ? frame : frame * shape[a];
      if (frame > 1 << 30) {
        return -1;
      }
    }
    return axis;
  }

  /** Whether the chunks are a stack that can be rewritten; if so it is taken. */
  private boolean stack(Layout.Chunked c, int axis) {
    boolean filtered = !filters.filters().isEmpty();
    int split = 0;
    long bytes = type.bytes();
    long grid = 1;
    for (int a = 0; a < shape.length; a++) {
      long count = (shape[a] - 1) / c.chunk()[a] + 1;
      split += count > 1 ? 1 : 0;
      grid *= count;
      bytes *= c.chunk()[a];
    }
    if (c.plainEdges()) {
      return false;
    }
    int[] byFrame = axis < 0 ? c.chunk().clone() : Dataspace.toInts(shape);
    if (axis >= 0) {
      byFrame[axis] = 1;
    }
    boolean done = filtered && Arrays.equals(byFrame, c.chunk()) && !walk.takesCompressed();
    // array indices count along other axes first where one has no limit
    boolean array = (c.index() == 3 || c.index() == 4) && split > 1;
    if (done || array || bytes > LARGEST_CHUNK && !Arrays.equals(byFrame, c.chunk())) {
      return false;
    }
    Long2ObjectOpenHashMap<Stack.Chunk> all = new Long2ObjectOpenHashMap<>();
    long chunkBytes = bytes;
    boolean[] usual = {true};
    chunks(
        HeapWalk.NOTHING,
        c,
        (number, address, size, mask) -> {
          in.check(address, size);
          usual[0] &= number >= 0 && (filtered || size == chunkBytes);
          all.put(number, new Stack.Chunk(address, size, mask));
        });
    if (!usual[0] || all.size() != grid) {
      return false;
    }
    all.values().forEach(k -> relocation.cut(k.address(), k.size()));
    chunks(new Cutting(relocation), c, (number, address, size, mask) -> {});
    add(axis, c.chunk(), 0, all);
    return true;
  }

  private void add(
      int axis, int[] chunk, long contiguous, Long2ObjectOpenHashMap<Stack.Chunk> chunks) {
    walk.stacks()
        .add(
            new Stack(
                path,
                header,
                Dataspace.toInts(shape),
                axis,
                type,
                filters,
                chunk,
                contiguous,
                chunks));
  }

  /** Leaves out the structures of an index. */
  private record Cutting(Relocation relocation) implements Structures {
    @Override
    public void extent(long from, long length) {
      relocation.cut(from, length);
    }

    @Override
    public void pointer(long at, long value) {}

    @Override
    public void checksum(long from, long length, long at) {}
  }
}
