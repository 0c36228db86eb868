package org.mdx.io.internal.hdf5.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.mdx.io.MdxFormatException;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.Lookup3;
import org.mdx.io.internal.hdf5.structure.Source;
import org.mdx.io.internal.hdf5.structure.Structures;

/**
 * The bytes of one file with what the superblock says of them (HDF5 file format specification,
 * II.A). What is wrong in a structure ends in an unchecked exception of any kind, which {@code
 * Hdf5File} turns into an {@link MdxFormatException}.
 */
public final class Store implements Source {
  public static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /** Bytes of a checksum. */
  static final int CHECKSUM = 4;

  private static final long SMALLEST_USER_BLOCK = 512;

  /** Where the addresses of a superblock of version 2 or 3 begin. */
  private static final int ADDRESSES_AT = 12;

  private final MappedBytes bytes;
  private final int offsetBytes;
  private final int lengthBytes;
  private final long base;
  private final long root;
  private final Structures comparing = new Comparing(this);

  private Store(MappedBytes bytes, int offsetBytes, int lengthBytes, long base, long root) {
    this.bytes = bytes;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
    this.base = base;
    this.root = root;
  }

  /** Where the superblock is: at 0, or behind a block of the user's of 512·2ⁿ bytes; or −1. */
  public static long find(Path path) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      ByteBuffer b = ByteBuffer.allocate(SIGNATURE.length);
      long last = in.size() - SIGNATURE.length;
      for (long at = 0; at <= last; at = at == 0 ? SMALLEST_USER_BLOCK : 2 * at) {
        in.position(at);
        b.clear();
        while (b.hasRemaining() && in.read(b) >= 0) {
          continue;
        }
        if (Arrays.equals(b.array(), SIGNATURE)) {
          return at;
        }
      }
      return -1;
    }
  }

  static Store open(Path path) throws IOException {
    MappedBytes bytes = MappedBytes.open(path);
    long start = Math.max(0, find(path));
    return Damage.guard(path, "superblock", () -> superblock(bytes, start));
  }

  private static Store superblock(MappedBytes bytes, long start) {
    Fields sizes = new Fields(bytes.slice(start + 8, 8), 8, 8);
    int version = sizes.version("a superblock", 0, 3);
    if (version < 2) {
      sizes.version("free space of files", 0, 0);
      sizes.version("a root group", 0, 0);
      sizes.skip(1).version("shared messages of a superblock", 0, 0);
    }
    int offset = sizes.u8();
    int length = sizes.u8();
    if (offset < 2 || offset > 8 || length < 2 || length > 8) {
      throw new IllegalArgumentException("addresses of " + offset + ", lengths of " + length);
    }
    long skip = start + (version == 0 ? 24 : version == 1 ? 28 : 12);
    if (version >= 2) {
      compare(bytes, "superblock", start, ADDRESSES_AT + 4 * offset);
    }
    Fields f =
        new Fields(
            bytes.slice(skip, bytes.size() - skip < 80 ? bytes.size() - skip : 80), offset, length);
    long base = f.address();
    f.address(); // free space, or the extension of the superblock
    long end = f.address();
    if (end > bytes.size()) {
      throw new IllegalArgumentException("a file that ends at byte " + bytes.size() + " of " + end);
    }
    if (version < 2) {
      f.address(); // driver information
      f.address(); // name of the root group
    }
    return new Store(bytes, offset, length, base, f.address());
  }

  /** Is told of the structures that are read, and compares their checksums. */
  public Structures comparing() {
    return comparing;
  }

  /** Address of the root group's object header. */
  long root() {
    return root;
  }

  @Override
  public long size() {
    return bytes.size() - base;
  }

  @Override
  public int offsetBytes() {
    return offsetBytes;
  }

  @Override
  public int lengthBytes() {
    return lengthBytes;
  }

  /** A structure of known size. */
  public Fields at(long address, long length) {
    if (address == Fields.UNDEFINED) {
      throw new IllegalArgumentException("an undefined address");
    }
    return new Fields(bytes.slice(base + address, length), offsetBytes, lengthBytes);
  }

  @Override
  public Fields fields(long address, long length) {
    return at(address, length);
  }

  @Override
  public int u8(long address) {
    return bytes.slice(base + address, 1).get(0) & 0xff;
  }

  @Override
  public long uint(long address, int count) {
    ByteBuffer b = bytes.slice(base + address, count);
    long v = 0;
    for (int i = count - 1; i >= 0; i--) {
      v = v << 8 | b.get(i) & 0xff;
    }
    return v;
  }

  @Override
  public byte[] bytes(long address, long length) {
    return at(address, length).rest();
  }

  private static void compare(MappedBytes bytes, String what, long from, long length) {
    if (length < 0 || length > Integer.MAX_VALUE - CHECKSUM) {
      throw new IllegalArgumentException(what + " of " + length + " bytes");
    }
    ByteBuffer b = bytes.slice(from, length + CHECKSUM);
    int stored = b.getInt((int) length);
    compare(bytes.path(), what, from, stored, b.limit((int) length));
  }

  /**
   * Compares the checksum of a structure that is at hand.
   *
   * @param address of the structure
   * @param stored the checksum that the file has for it
   * @param summed the bytes of which it is the checksum
   */
  void compare(String what, long address, int stored, ByteBuffer summed) {
    compare(bytes.path(), what, base + address, stored, summed);
  }

  private static void compare(Path path, String what, long at, int stored, ByteBuffer summed) {
    int found = Lookup3.hash(summed);
    if (found != stored) {
      throw new ChecksumMismatch(path, what, at, stored, found);
    }
  }
}
