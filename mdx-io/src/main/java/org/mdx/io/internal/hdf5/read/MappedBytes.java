package org.mdx.io.internal.hdf5.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The bytes of a file of any size, mapped window by window as they are asked for. Reading allocates
 * no more than what is asked for, and that never exceeds the file. For any number of threads.
 */
final class MappedBytes {

  /** Below the 2 GiB of one mapping. */
  private static final int WINDOW_BITS = 30;

  private static final long WINDOW = 1L << WINDOW_BITS;

  private final Path path;
  private final long size;
  private final ByteBuffer[] windows;

  private MappedBytes(Path path, long size) {
    this.path = path;
    this.size = size;
    this.windows = new ByteBuffer[Math.toIntExact((size + WINDOW - 1) >>> WINDOW_BITS)];
  }

  static MappedBytes open(Path path) throws IOException {
    try (FileChannel in = FileChannel.open(path)) {
      return new MappedBytes(path, in.size());
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /**
   * Some bytes, little endian.
   *
   * @throws IndexOutOfBoundsException if they are not all in the file
   */
  ByteBuffer slice(long address, long length) {
    if (address < 0 || length < 0 || address > size || length > size - address) {
      throw new IndexOutOfBoundsException(
          length + " bytes at " + address + " of a file of " + size + " bytes");
    }
    if (length > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException(length + " bytes in one piece");
    }
    if (length == 0) {
      return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    }
    int first = (int) (address >>> WINDOW_BITS);
    int last = (int) (address + length - 1 >>> WINDOW_BITS);
    int offset = (int) (address & WINDOW - 1);
    if (first == last) {
      return window(first).slice(offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer joined = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    for (int w = first; joined.hasRemaining(); w++) {
      ByteBuffer b = window(w);
      int from = w == first ? offset : 0;
      joined.put(b.slice(from, Math.min(b.limit() - from, joined.remaining())));
    }
    return joined.flip();
  }

  private synchronized ByteBuffer window(int index) {
    if (windows[index] == null) {
      long from = (long) index << WINDOW_BITS;
      try (FileChannel in = FileChannel.open(path)) {
        windows[index] = in.map(FileChannel.MapMode.READ_ONLY, from, Math.min(WINDOW, size - from));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return windows[index];
  }
}
