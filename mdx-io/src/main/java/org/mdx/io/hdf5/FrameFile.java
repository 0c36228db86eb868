package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;
import org.mdx.io.internal.hdf5.write.Channels;
import org.mdx.io.internal.hdf5.write.ChunkGrid;
import org.mdx.io.internal.hdf5.write.ChunkTree;
import org.mdx.io.internal.hdf5.write.GlobalHeap;
import org.mdx.io.internal.hdf5.write.ObjectHeader;
import org.mdx.io.internal.hdf5.write.SymbolTable;

/**
 * Writes a file of stacks that grow frame by frame along their last axis, each frame a chunk, not
 * compressed, as acquisition programs do; and of texts. Memory does not depend on the number of
 * frames. For one thread.
 */
public final class FrameFile {
  private static final int SUPERBLOCK_BYTES = 96;

  private final FileChannel out;
  private final Map<String, Growing> stacks = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private long end = SUPERBLOCK_BYTES;

  /** A stack. */
  private static final class Growing {
    final int[] plane;
    final int bytes;
    final boolean signed;
    final List<Long> addresses = new ArrayList<>();

    Growing(int[] plane, int bytes, boolean signed) {
      this.plane = plane.clone();
      this.bytes = bytes;
      this.signed = signed;
    }

    int frameBytes() {
      int n = bytes;
      for (int p : plane) {
        n = Math.multiplyExact(n, p);
      }
      return n;
    }
  }

  /**
   * A file without content.
   *
   * @param out an empty file, open for writing; stays open
   */
  public FrameFile(FileChannel out) {
    this.out = out;
  }

  /**
   * Begins a stack of integers.
   *
   * @param path groups and name, with slashes between
   * @param plane lengths of the axes of a frame, one or two
   * @param bytes of an integer: 1, 2, 4 or 8
   * @param signed whether integers can be negative
   */
  public void stack(String path, int[] plane, int bytes, boolean signed) {
    stacks.put(path, new Growing(plane, bytes, signed));
  }

  /**
   * Adds a frame to a stack.
   *
   * @param path of the stack
   * @param frame all integers, little endian
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if a frame of the stack has another size
   */
  public void add(String path, ByteBuffer frame) throws IOException {
    Growing s = stacks.get(path);
    if (frame.remaining() != s.frameBytes()) {
      throw new IllegalArgumentException(
          path + ": a frame of " + frame.remaining() + " bytes, not " + s.frameBytes());
    }
    s.addresses.add(end);
    end += Channels.write(out, end, frame);
  }

  /**
   * Adds a dataset that is one text.
   *
   * @param path groups and name, with slashes between
   * @param value the text
   */
  public void text(String path, String value) {
    texts.put(path, value);
  }

  /**
   * Writes everything but the frames; the file is complete after that.
   *
   * @throws IOException if it cannot be written
   */
  public void finish() throws IOException {
    MetadataBlock block = new MetadataBlock(end + 7 & -8L);
    GlobalHeap heap = new GlobalHeap();
    texts.values().forEach(heap::add);
    heap.write(block);
    Map<String, Long> headers = new TreeMap<>();
    stacks.forEach((path, s) -> headers.put(path, stack(s, block)));
    texts.forEach((path, value) -> headers.put(path, text(value, heap, block)));
    SymbolTable[] root = new SymbolTable[1];
    long header = group("", headers, block, root);
    long at = end + 7 & -8L;
    end = at + Channels.write(out, at, block.content());
    superblock(header, root[0]);
  }

  private static long stack(Growing s, MetadataBlock block) {
    int rank = s.plane.length;
    int[] shape = java.util.Arrays.copyOf(s.plane, rank + 1);
    int[] chunk = shape.clone();
    shape[rank] = s.addresses.size();
    chunk[rank] = 1;
    int[] sizes = new int[shape[rank]];
    java.util.Arrays.fill(sizes, s.frameBytes());
    long[] addresses = s.addresses.stream().mapToLong(Long::longValue).toArray();
    long tree =
        addresses.length == 0
            ? MetadataBlock.UNDEFINED
            : ChunkTree.write(new ChunkGrid(shape, chunk), addresses, sizes, block);
    ObjectHeader h = new ObjectHeader();
    h.growingShape(shape);
    h.type(integer(s.bytes, s.signed));
    h.fillValue(true);
    h.chunked(tree, chunk, s.bytes);
    return h.write(block);
  }

  private static byte[] integer(int bytes, boolean signed) {
    ByteBuffer b = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x10).put((byte) (signed ? 8 : 0)).putShort((short) 0);
    return b.putInt(bytes).putShort((short) 0).putShort((short) (8 * bytes)).array();
  }

  private static long text(String value, GlobalHeap heap, MetadataBlock block) {
    long address = block.align().address();
    block.bytes(heap.reference(value));
    ObjectHeader h = new ObjectHeader();
    h.shape(new int[] {1});
    h.type(GlobalHeap.datatypeMessage());
    h.fillValue(false);
    h.contiguous(address, 16);
    return h.write(block);
  }

  /** Writes what is below a group, and then the group. */
  private static long group(
      String prefix, Map<String, Long> headers, MetadataBlock block, SymbolTable[] table) {
    SortedMap<String, Long> members = new TreeMap<>();
    for (Map.Entry<String, Long> e : headers.entrySet()) {
      if (e.getKey().startsWith(prefix)) {
        String rest = e.getKey().substring(prefix.length());
        int slash = rest.indexOf('/');
        if (slash < 0) {
          members.put(rest, e.getValue());
        } else if (!members.containsKey(rest.substring(0, slash))) {
          String below = prefix + rest.substring(0, slash + 1);
          members.put(rest.substring(0, slash), group(below, headers, block, new SymbolTable[1]));
        }
      }
    }
    table[0] = SymbolTable.write(members, block);
    ObjectHeader h = new ObjectHeader();
    h.symbolTable(table[0].tree(), table[0].heap());
    return h.write(block);
  }

  private void superblock(long rootHeader, SymbolTable root) throws IOException {
    Channels.write(out, 0, Hdf5Writer.superblock(rootHeader, root, end).content());
  }
}
