package org.mdx.io.internal.hdf5.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mdx.io.internal.hdf5.structure.MetadataBlock;

/**
 * The collection that holds the texts of a file: h5py returns only texts of variable length as
 * {@code str}, and those live here (HDF5 file format specification, III.E). Equal texts are kept
 * once.
 */
public final class GlobalHeap {
  private static final int MINIMUM_SIZE = 4096;
  private static final int MAXIMUM_OBJECTS = 65535;

  private final Map<String, Integer> indices = new LinkedHashMap<>();
  private long address = MetadataBlock.UNDEFINED;

  public void add(String text) {
    indices.putIfAbsent(text, indices.size() + 1);
    if (indices.size() > MAXIMUM_OBJECTS) {
      throw new IllegalArgumentException("more than " + MAXIMUM_OBJECTS + " texts in one file");
    }
  }

  /** Writes the collection; after that texts can be referred to. */
  public void write(MetadataBlock out) {
    int size = 16;
    for (String s : indices.keySet()) {
      size += 16 + padded(s.getBytes(StandardCharsets.UTF_8).length);
    }
    int total = Math.max(MINIMUM_SIZE, size + 16);
    address = out.align().address();
    out.ascii("GCOL").u8(1).zeros(3).u64(total);
    indices.forEach(
        (s, index) -> {
          byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
          out.u16(index).u16(1).zeros(4).u64(utf8.length).bytes(utf8).align();
        });
    int free = total - size;
    out.u16(0).u16(0).zeros(4).u64(free).zeros(free - 16);
  }

  /** The 16 bytes that stand for a text where it is used. */
  public byte[] reference(String text) {
    ByteBuffer b = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(text.getBytes(StandardCharsets.UTF_8).length).putLong(address);
    return b.putInt(indices.get(text)).array();
  }

  /** The datatype message of texts: variable length, UTF-8, on top of unsigned bytes. */
  public static byte[] datatypeMessage() {
    ByteBuffer b = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) 0x19).put((byte) 1).put((byte) 1).put((byte) 0).putInt(16);
    b.put((byte) 0x10).put((byte) 0).putShort((short) 0).putInt(1);
    return b.putShort((short) 0).putShort((short) 8).array();
  }

  private static int padded(int n) {
    return (n + 7) & ~7;
  }
}
