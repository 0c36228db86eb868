package org.mdx.io.internal.hdf5.read;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.zip.DataFormatException;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.element.RunSink;
import org.mdx.io.internal.hdf5.codec.ChunkDecoder;
import org.mdx.io.internal.hdf5.index.Box;
import org.mdx.io.internal.hdf5.index.ChunkIndex;
import org.mdx.io.internal.hdf5.index.ChunkShape;
import org.mdx.io.internal.hdf5.index.ChunkWalk;
import org.mdx.io.internal.hdf5.structure.Dataspace;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.Layout;
import org.mdx.io.internal.hdf5.structure.Messages;
import org.mdx.parallel.Parallel;

/** Reads the elements of one dataset, whole or in part, chunks on all threads. */
public final class DatasetReader {

  /** What was never written is taken for its fill value up to this size; more is a lie. */
  private static final long FREE_BYTES = 1 << 20;

  /** Bytes of a contiguous dataset that are looked at in one piece. */
  private static final long PIECE_BYTES = 1 << 26;

  private final OpenFile file;
  private final Store store;
  private final String place;
  private final DatasetInfo info;
  private final Deque<ChunkDecoder> idle = new ConcurrentLinkedDeque<>();
  private ChunkIndex index;
  private VirtualReader virtual;

  DatasetReader(OpenFile file, Store store, String place, DatasetInfo info) {
    this.file = file;
    this.store = store;
    this.place = place;
    this.info = info;
  }

  public DatasetInfo info() {
    return info;
  }

  /** Lengths of the axes, of which the product fits 31 bits. */
  public int[] shape() {
    if (Dataspace.size(info.shape) > Integer.MAX_VALUE
        || Arrays.stream(info.shape).anyMatch(s -> s > Integer.MAX_VALUE)) {
      throw file.error(
          place,
          "at most " + Integer.MAX_VALUE + " elements",
          "the shape " + Arrays.toString(info.shape),
          "");
    }
    return Dataspace.toInts(info.shape);
  }

  /** Number of elements, after checking that the file can hold them. */
  public int size() {
    shape();
    requireStored();
    return (int) Dataspace.size(info.shape);
  }

  /** Checks that what is stored can be as much as the shape says. */
  public void requireStored() {
    long n = Dataspace.size(info.shape);
    long most = Math.max(FREE_BYTES, mostBytes(0));
    if (n > most / info.type.bytes()) {
      throw file.error(
          place,
          "data for the shape " + Arrays.toString(info.shape),
          "storage for " + most / info.type.bytes() + " elements at the most",
          Damage.ADVICE);
    }
  }

  /**
   * What the stored bytes can be when all filters are undone.
   *
   * @param depth number of virtual datasets that this one is a part of
   */
  long mostBytes(int depth) {
    if (info.layout instanceof Layout.Compact c) {
      return c.bytes().remaining();
    } else if (info.layout instanceof Layout.Contiguous c) {
      return c.address() == Fields.UNDEFINED ? 0 : Math.min(c.size(), store.size());
    } else if (info.layout instanceof Layout.Virtual) {
      return virtual().mostBytes(depth);
    }
    long stored = Math.min(index().storedBytes(), store.size());
    return stored * info.filters.maximumRatio();
  }

  /** Bytes that the elements take in the file; none for a virtual dataset. */
  public long storedBytes() {
    if (info.layout instanceof Layout.Compact || info.layout instanceof Layout.Contiguous) {
      return mostBytes(0);
    }
    return info.layout instanceof Layout.Virtual ? 0 : index().storedBytes();
  }

  /** Hands all elements to a sink. */
  public void read(Parallel parallel, RunSink sink) {
    size();
    readBox(Box.whole(shape()), parallel, sink);
  }

  /** Hands the elements of a part to a sink; indices count within the part. */
  public void readBox(Box box, Parallel parallel, RunSink sink) {
    if (box.size() == 0) {
      return;
    }
    if (info.layout instanceof Layout.Compact c) {
      readCompact(c, box, sink);
    } else if (info.layout instanceof Layout.Contiguous c) {
      readContiguous(c, box, sink);
    } else if (info.layout instanceof Layout.Chunked c) {
      readChunks(c, box, parallel, sink);
    } else {
      virtual().read(box, parallel, sink);
    }
  }

  private void readCompact(Layout.Compact c, Box box, RunSink sink) {
    int bytes = info.type.bytes();
    ByteBuffer b = c.bytes().duplicate().order(info.type.order());
    box.forEachRun(
        new long[box.rank()],
        info.shape,
        (inPiece, inBox, count) -> sink.take(b, Math.toIntExact(inPiece * bytes), inBox, count));
  }

  /** Cuts the outer axes until what lies below is one piece of moderate size. */
  private void readContiguous(Layout.Contiguous c, Box box, RunSink sink) {
    if (c.address() == Fields.UNDEFINED) {
      fill(0, box.size(), sink);
      return;
    }
    int rank = box.rank();
    int bytes = info.type.bytes();
    long[] piece = new long[rank];
    long below = bytes;
    for (int a = rank - 1; a >= 0; a--) {
      piece[a] = Math.max(1, Math.min(info.shape[a], PIECE_BYTES / below));
      below *= info.shape[a];
    }
    long[] at = box.start().clone();
    while (true) {
      long first = 0;
      long[] lengths = piece.clone();
      for (int a = 0; a < rank; a++) {
        boolean whole = piece[a] == info.shape[a];
        lengths[a] = whole ? piece[a] : Math.min(piece[a], box.start()[a] + box.count()[a] - at[a]);
        at[a] = whole ? 0 : at[a];
        first = first * info.shape[a] + at[a];
      }
      long n = bytes * Dataspace.size(lengths);
      if (first * bytes + n > c.size()) {
        throw new IndexOutOfBoundsException(c.size() + " bytes");
      }
      ByteBuffer b = store.at(c.address() + first * bytes, n).buffer().order(info.type.order());
      box.forEachRun(at, lengths, (in, inBox, k) -> sink.take(b, (int) (in * bytes), inBox, k));
      int a = rank - 1;
      for (; a >= 0; a--) {
        at[a] += lengths[a];
        if (piece[a] < info.shape[a] && at[a] < box.start()[a] + box.count()[a]) {
          break;
        }
        at[a] = box.start()[a];
      }
      if (a < 0) {
        return;
      }
    }
  }

  private void readChunks(Layout.Chunked c, Box box, Parallel parallel, RunSink sink) {
    if (!info.filters.isKnown()) {
      throw file.error(
          place,
          "chunks that are plain, shuffled, deflated, or LZ4 with or without bitshuffle",
          "filters " + info.filters,
          "repack the file, for example with h5repack -f SHUF -f GZIP=1");
    }
    index();
    int rank = box.rank();
    long[] first = new long[rank];
    int[] counts = new int[rank];
    for (int a = 0; a < rank; a++) {
      first[a] = box.start()[a] / c.chunk()[a];
      counts[a] = (int) ((box.start()[a] + box.count()[a] - 1) / c.chunk()[a] - first[a] + 1);
    }
    int n = Math.toIntExact(Dataspace.size(Arrays.stream(counts).asLongStream().toArray()));
    if (n == 1) {
      readChunk(c, first, box, sink);
      return;
    }
    parallel.forEach(
        n,
        i -> {
          long[] at = new long[rank];
          int rest = i;
          for (int a = rank - 1; a >= 0; a--) {
            at[a] = first[a] + rest % counts[a];
            rest /= counts[a];
          }
          readChunk(c, at, box, sink);
        });
  }

  private void readChunk(Layout.Chunked c, long[] scaled, Box box, RunSink sink) {
    int rank = box.rank();
    int bytes = info.type.bytes();
    long number = 0;
    long[] from = new long[rank];
    long[] lengths = new long[rank];
    int length = bytes;
    for (int a = 0; a < rank; a++) {
      number = number * ((info.shape[a] - 1) / c.chunk()[a] + 1) + scaled[a];
      from[a] = scaled[a] * c.chunk()[a];
      lengths[a] = c.chunk()[a];
      length *= c.chunk()[a];
    }
    int at = index().find(number);
    if (at < 0) {
      box.forEachRun(from, lengths, (inPiece, inBox, count) -> fill(inBox, count, sink));
      return;
    }
    ChunkDecoder polled = idle.poll();
    ChunkDecoder decoder = polled == null ? new ChunkDecoder(info.filters, bytes) : polled;
    try {
      ByteBuffer raw = store.at(index.address(at), index.size(at)).buffer();
      ByteBuffer b =
          ByteBuffer.wrap(decoder.decodeOnce(at, raw, index.mask(at), length))
              .order(info.type.order());
      box.forEachRun(from, lengths, (in, inBox, k) -> sink.take(b, (int) in * bytes, inBox, k));
    } catch (DataFormatException | IndexOutOfBoundsException e) {
      throw new MdxFormatException(
          file.path(),
          place + ", chunk at " + Arrays.toString(from),
          length + " bytes of data",
          String.valueOf(e.getMessage()),
          Damage.ADVICE,
          e);
    } finally {
      idle.addFirst(decoder);
    }
  }

  /** Hands out elements that were never written. */
  void fill(int index, int count, RunSink sink) {
    int bytes = info.type.bytes();
    int piece = Math.min(count, 1 + (1 << 16) / bytes);
    ByteBuffer b = ByteBuffer.allocate(piece * bytes).order(info.type.order());
    for (int i = 0; info.fill != null && i < piece; i++) {
      b.put(i * bytes, info.fill);
    }
    for (int done = 0; done < count; done += piece) {
      sink.take(b, 0, index + done, Math.min(piece, count - done));
    }
  }

  private synchronized ChunkIndex index() {
    if (index == null) {
      index = chunkIndex((Layout.Chunked) info.layout);
    }
    return index;
  }

  private ChunkIndex chunkIndex(Layout.Chunked layout) {
    // an index has an address for each chunk, or chunks have at least a byte
    ChunkIndex.Builder out = new ChunkIndex.Builder(store.size());
    boolean filtered = !info.filters.filters().isEmpty();
    ChunkShape chunks =
        new ChunkShape(info.shape, info.greatest, layout.chunk(), info.type.bytes(), filtered);
    ChunkWalk walk =
        new ChunkWalk(
            store,
            store.comparing(),
            chunks,
            Messages.LARGEST_K,
            (number, address, size, mask) -> {
              if (number >= 0) {
                boolean plain = layout.plainEdges() && chunks.isPartial(number);
                out.add(number, address, size, plain ? -1 : mask);
              }
            });
    if (Dataspace.size(info.shape) > 0) {
      walk.walk(layout);
    }
    return out.build();
  }

  private synchronized VirtualReader virtual() {
    if (virtual == null) {
      virtual = new VirtualReader(file, store, place, info, this);
    }
    return virtual;
  }

  /**
   * Lengths of the axes of a chunk; of a virtual dataset those of its first part.
   *
   * @return a new array, or null if the elements lie in one piece
   */
  public int[] chunk() {
    if (info.layout instanceof Layout.Virtual) {
      return virtual().chunk();
    }
    return info.layout instanceof Layout.Chunked c ? c.chunk().clone() : null;
  }

  /**
   * The indices along an axis that are stored together with one of them, so that reading them at a
   * time costs little more than reading one.
   *
   * @return the first and the one behind the last
   */
  public long[] together(int axis, long index) {
    if (info.layout instanceof Layout.Chunked c) {
      long from = index / c.chunk()[axis] * c.chunk()[axis];
      return new long[] {from, Math.min(from + c.chunk()[axis], info.shape[axis])};
    }
    if (info.layout instanceof Layout.Virtual) {
      return virtual().together(axis, index);
    }
    if (axis == 0) {
      return new long[] {index, index + 1};
    }
    long others = Math.max(1, Dataspace.size(info.shape) / info.shape[axis]);
    long n = Math.max(1, PIECE_BYTES / 4 / others);
    long from = index / n * n;
    return new long[] {from, Math.min(from + n, info.shape[axis])};
  }

  void close() {
    idle.forEach(ChunkDecoder::close);
    idle.clear();
  }
}
