package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.mdx.io.MdxFormatException;

/**
 * The bytes of one file with what the superblock says of them (HDF5 file format specification,
 * II.A). What is wrong in a structure ends in an unchecked exception of any kind, which {@link
 * Hdf5File} turns into an {@link MdxFormatException}.
 */
final class Store {
  static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final long SMALLEST_USER_BLOCK = 512;

  private final MappedBytes bytes;
  private final int offsetBytes;
  private final int lengthBytes;
  private final long base;
  private final long root;

  private Store(MappedBytes bytes, int offsetBytes, int lengthBytes, long base, long root) {
    this.bytes = bytes;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
    this.base = base;
    this.root = root;
  }

  /** Where the superblock is: at 0, or behind a block of the user's of 512·2ⁿ bytes; or −1. */
  static long find(Path path) throws IOException {
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
    int offset = version < 2 ? sizes.skip(4).u8() : sizes.u8();
    int length = sizes.u8();
    if (offset < 2 || offset > 8 || length < 2 || length > 8) {
      throw new IllegalArgumentException("addresses of " + offset + ", lengths of " + length);
    }
    long skip = start + (version == 0 ? 24 : version == 1 ? 28 : 12);
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

  /** Address of the root group's object header. */
  long root() {
    return root;
  }

  /** Size of the file. */
  long size() {
    return bytes.size();
  }

  int offsetBytes() {
    return offsetBytes;
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /** A structure of known size. */
  Fields at(long address, long length) {
    if (address == Fields.UNDEFINED) {
      throw new IllegalArgumentException("an undefined address");
    }
    return new Fields(bytes.slice(base + address, length), offsetBytes, lengthBytes);
  }

  /** A structure of unknown size: its bytes, as many as there are up to a limit. */
  Fields upTo(long address, long most) {
    return at(address, Math.max(0, Math.min(most, bytes.size() - base - address)));
  }

  /** Remembers the nodes of a tree, so that damaged ones cannot lead in circles. */
  static final class Visited {
    private final Set<Long> addresses = new HashSet<>();

    void add(long address) {
      if (!addresses.add(address)) {
        throw new IllegalArgumentException("a node at " + address + " that is met twice");
      }
    }
  }
}
