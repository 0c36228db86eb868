package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;
import org.mdx.io.internal.hdf5.write.ChunkEncoder;
import org.mdx.io.internal.hdf5.write.ChunkGrid;
import org.mdx.io.internal.hdf5.write.ChunkTree;
import org.mdx.io.internal.hdf5.write.DatatypeMessage;
import org.mdx.io.internal.hdf5.write.GlobalHeap;
import org.mdx.io.internal.hdf5.write.ObjectHeader;
import org.mdx.io.internal.hdf5.write.SymbolTable;
import org.mdx.parallel.Parallel;

/**
 * Writes a tree of groups and datasets as an HDF5 file: first the data, chunk by chunk, then all
 * structures in one block, at last the superblock. Chunks are compressed on all threads and written
 * in order, so the bytes do not depend on the number of threads.
 *
 * <p>Source: "HDF5 File Format Specification Version 3.0", The HDF Group.
 */
public final class Hdf5Writer {

  /** Datasets with fewer elements are stored as they are, as h5py does. */
  private static final int COMPRESS_FROM = 8192;

  private static final int SUPERBLOCK_BYTES = 96;
  private static final int PIECE = 1 << 16;

  private final FileChannel out;
  private final Parallel parallel;
  private final List<Stored> stored = new ArrayList<>();
  private final GlobalHeap texts = new GlobalHeap();
  private long end = SUPERBLOCK_BYTES;

  private Hdf5Writer(FileChannel out, Parallel parallel) {
    this.out = out;
    this.parallel = parallel;
  }

  /** A chunk of a dataset, and where its elements are: those of a grid that may be part of it. */
  private record Chunk(Stored owner, int index, ChunkGrid grid, int inGrid, Elements elements) {}

  /** Where the numbers of a dataset went. */
  private static final class Stored {
    final Hdf5Dataset dataset;
    final ChunkGrid grid;
    final long[] addresses;
    final int[] sizes;

    Stored(Hdf5Dataset dataset, ChunkGrid grid, int pieces) {
      this.dataset = dataset;
      this.grid = grid;
      this.addresses = new long[pieces];
      this.sizes = new int[pieces];
    }
  }

  /**
   * Writes a file.
   *
   * @param root the root group with everything below it
   * @param out an empty file, open for writing; stays open
   * @param parallel threads that compress
   * @throws IOException if writing fails
   * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
   */
  public static void write(Hdf5Group root, FileChannel out, Parallel parallel) throws IOException {
    Hdf5Writer w = new Hdf5Writer(out, parallel);
    w.collect(root);
    w.writeData();
    MetadataBlock block = new MetadataBlock(w.end = (w.end + 7) & ~7L);
    w.texts.write(block);
    SymbolTable[] rootTable = new SymbolTable[1];
    long rootHeader = w.group(root, block, rootTable);
    w.append(block.content());
    w.superblock(rootHeader, rootTable[0]);
  }

  private void collect(Hdf5Node node) {
    node.attributes().values().forEach(values -> values.forEach(texts::add));
    if (node instanceof Hdf5Group g) {
      g.members().values().forEach(this::collect);
    } else if (node instanceof Hdf5Dataset d) {
      if (d.isText()) {
        texts.add(d.text());
        stored.add(new Stored(d, null, 0));
      } else if (d.isStreamed()) {
        ChunkGrid grid = new ChunkGrid(d.shape(), d.chunk());
        stored.add(new Stored(d, grid, Math.toIntExact(grid.count())));
      } else if (d.elements().size() < COMPRESS_FROM) {
        stored.add(new Stored(d, null, 1));
      } else {
        ChunkGrid grid = ChunkGrid.of(d.shape());
        stored.add(new Stored(d, grid, Math.toIntExact(grid.count())));
      }
    }
  }

  private void writeData() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (Stored s : stored) {
      if (s.dataset.isText()) {
        continue;
      } else if (s.dataset.isStreamed()) {
        writeFrames(s);
      } else if (s.grid != null) {
        for (int i = 0; i < s.addresses.length; i++) {
          chunks.add(new Chunk(s, i, s.grid, i, s.dataset.elements()));
        }
      } else {
        writePlain(s);
      }
    }
    writeChunks(chunks);
  }

  /** Layer by layer: the frames of a layer are read, then its chunks are written. */
  private void writeFrames(Stored s) throws IOException {
    int[] shape = s.dataset.shape();
    int[] chunk = s.dataset.chunk();
    int[][] layer = new int[chunk[0]][shape[1] * shape[2]];
    int done = 0;
    for (int first = 0; first < shape[0]; first += chunk[0]) {
      int from = first;
      int n = Math.min(chunk[0], shape[0] - first);
      parallel.forEach(n, i -> s.dataset.frames().read(from + i, layer[i]));
      ChunkGrid grid = new ChunkGrid(new int[] {n, shape[1], shape[2]}, chunk);
      Elements elements = new LayerElements(s.dataset.type(), layer, n);
      List<Chunk> chunks = new ArrayList<>();
      for (int i = 0; i < grid.count(); i++) {
        chunks.add(new Chunk(s, done + i, grid, i, elements));
      }
      writeChunks(chunks);
      done += chunks.size();
    }
  }

  /** Whoever finishes a chunk writes all finished ones that are next in order. */
  private void writeChunks(List<Chunk> chunks) {
    Queue<ChunkEncoder> idle = new ConcurrentLinkedQueue<>();
    byte[][] waiting = new byte[chunks.size()][];
    int[] next = new int[1];
    try {
      parallel.forEach(
          waiting.length,
          task -> {
            byte[] encoded = encode(chunks.get(task), idle);
            synchronized (waiting) {
              waiting[task] = encoded;
              for (int i = next[0]; i < waiting.length && waiting[i] != null; i = ++next[0]) {
                Stored s = chunks.get(i).owner;
                s.addresses[chunks.get(i).index] = end;
                s.sizes[chunks.get(i).index] = waiting[i].length;
                append(ByteBuffer.wrap(waiting[i]));
                waiting[i] = null;
              }
            }
          });
    } finally {
      idle.forEach(ChunkEncoder::close);
    }
  }

  private static byte[] encode(Chunk chunk, Queue<ChunkEncoder> idle) {
    ChunkEncoder polled = idle.poll();
    ChunkEncoder encoder = polled == null ? new ChunkEncoder() : polled;
    try {
      return encoder.encode(chunk.grid, chunk.inGrid, chunk.elements);
    } finally {
      idle.add(encoder);
    }
  }

  private void writePlain(Stored s) throws IOException {
    Elements e = s.dataset.elements();
    s.addresses[0] = e.size() == 0 ? MetadataBlock.UNDEFINED : end;
    ByteBuffer b = ByteBuffer.allocate(PIECE * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < e.size(); from += PIECE) {
      e.put(from, (int) Math.min(PIECE, e.size() - from), b.clear());
      append(b.flip());
    }
  }

  private void append(ByteBuffer b) throws IOException {
    while (b.hasRemaining()) {
      end += out.write(b, end);
    }
  }

  /** Writes what belongs to a group, members first, and returns the address of its header. */
  private long group(Hdf5Group g, MetadataBlock block, SymbolTable[] table) {
    SortedMap<String, Long> headers = new TreeMap<>();
    g.members()
        .forEach(
            (name, node) -> {
              long header =
                  node instanceof Hdf5Group child
                      ? group(child, block, new SymbolTable[1])
                      : dataset((Hdf5Dataset) node, block);
              headers.put(name, header);
            });
    table[0] = SymbolTable.write(headers, block);
    ObjectHeader h = new ObjectHeader();
    h.symbolTable(table[0].tree(), table[0].heap());
    attributes(g, h);
    return h.write(block);
  }

  private long dataset(Hdf5Dataset d, MetadataBlock block) {
    ObjectHeader h = new ObjectHeader();
    h.shape(d.shape());
    if (d.isText()) {
      h.type(GlobalHeap.datatypeMessage());
      h.fillValue(false);
      long address = block.align().address();
      block.bytes(texts.reference(d.text()));
      h.contiguous(address, 16);
    } else {
      numbers(d, h, block);
    }
    attributes(d, h);
    return h.write(block);
  }

  private void attributes(Hdf5Node node, ObjectHeader h) {
    node.attributes()
        .forEach((name, values) -> h.attribute(name, values, node.isScalar(name), texts));
  }

  private void numbers(Hdf5Dataset d, ObjectHeader h, MetadataBlock block) {
    Stored s = stored.stream().filter(x -> x.dataset == d).findFirst().orElseThrow();
    int bytes = d.type().bytes();
    h.type(DatatypeMessage.of(d.type()));
    h.fillValue(s.grid != null);
    if (s.grid == null) {
      h.contiguous(s.addresses[0], (long) bytes * d.elements().size());
    } else {
      long tree = ChunkTree.write(s.grid, s.addresses, s.sizes, block);
      h.chunked(tree, s.grid.chunk(), bytes);
      h.shuffleAndDeflate(bytes, ChunkEncoder.LEVEL);
    }
  }

  private void superblock(long rootHeader, SymbolTable root) throws IOException {
    ByteBuffer content = superblock(rootHeader, root, end).content();
    long at = 0;
    while (content.hasRemaining()) {
      at += out.write(content, at);
    }
  }

  /** Superblock version 0 (specification, II.A). */
  static MetadataBlock superblock(long rootHeader, SymbolTable root, long end) {
    MetadataBlock b = new MetadataBlock(0);
    b.u8(0x89).ascii("HDF\r\n\u001a\n");
    b.u8(0).u8(0).u8(0).u8(0).u8(0).u8(8).u8(8).u8(0);
    b.u16(SymbolTable.LEAF_K).u16(SymbolTable.INTERNAL_K).u32(0);
    b.u64(0).u64(MetadataBlock.UNDEFINED).u64(end).u64(MetadataBlock.UNDEFINED);
    b.u64(0).u64(rootHeader).u32(1).u32(0).u64(root.tree()).u64(root.heap());
    return b;
  }
}
