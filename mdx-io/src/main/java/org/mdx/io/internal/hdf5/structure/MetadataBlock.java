package org.mdx.io.internal.hdf5.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Structures of a file, little endian, built in memory and written behind the data. */
public final class MetadataBlock {

  /** An address that points nowhere. */
  public static final long UNDEFINED = -1;

  private final long base;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);

  public MetadataBlock(long base) {
    this.base = base;
  }

  /** Names are ASCII, so that their order is that of their bytes. */
  public static void checkName(String name) {
    boolean ascii = name.chars().allMatch(c -> c > ' ' && c < 127 && c != '/');
    if (!ascii || name.isEmpty() || name.equals(".") || name.length() > 255) {
      throw new IllegalArgumentException(
          "'" + name + "' is no HDF5 name; use 1 to 255 ASCII characters without space or slash");
    }
  }

  /** Address in the file of the next byte. */
  public long address() {
    return base + buffer.position();
  }

  /** What was built. */
  public ByteBuffer content() {
    return buffer.duplicate().flip();
  }

  /** A copy of what was built. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  public MetadataBlock ascii(String s) {
    for (int i = 0; i < s.length(); i++) {
      u8(s.charAt(i));
    }
    return this;
  }

  public MetadataBlock bytes(byte[] b) {
    room(b.length).put(b);
    return this;
  }

  public MetadataBlock u8(int v) {
    room(1).put((byte) v);
    return this;
  }

  public MetadataBlock u16(int v) {
    room(2).putShort((short) v);
    return this;
  }

  public MetadataBlock u32(int v) {
    room(4).putInt(v);
    return this;
  }

  public MetadataBlock u64(long v) {
    room(8).putLong(v);
    return this;
  }

  public MetadataBlock zeros(int n) {
    ByteBuffer b = room(n);
    b.position(b.position() + n);
    return this;
  }

  /** Zeros up to a multiple of eight bytes in this block. */
  public MetadataBlock align() {
    return zeros(-buffer.position() & 7);
  }

  private ByteBuffer room(int n) {
    if (buffer.remaining() < n) {
      int size = Math.max(2 * buffer.capacity(), buffer.position() + n);
      byte[] grown = Arrays.copyOf(buffer.array(), size);
      int at = buffer.position();
      buffer = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN).position(at);
    }
    return buffer;
  }
}
