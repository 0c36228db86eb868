package org.mdx.io.internal.hdf5.copy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mdx.io.internal.hdf5.structure.Fields;
import org.mdx.io.internal.hdf5.structure.Source;

/**
 * The bytes of a file of any size through a few pages that are kept, so that a walk over scattered
 * structures takes the same small memory however large the file is. Addresses count from a base.
 * {@link #read} may be called from any thread, the rest from one.
 */
final class PagedBytes implements Source, Closeable {
  private static final int PAGE_BITS = 14;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGES = 256;
  private static final int SLICE = 1 << 18;

  private final FileChannel channel;
  private final long size;
  private long base;
  private final Map<Long, byte[]> pages =
      new LinkedHashMap<>(PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > PAGES;
        }
      };

  private PagedBytes(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  static PagedBytes open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new PagedBytes(channel, channel.size());
  }

  /** Sets where address 0 is in the file. */
  void base(long position) {
    base = position;
    pages.clear();
  }

  long base() {
    return base;
  }

  @Override
  public long size() {
    return size - base;
  }

  @Override
  public int offsetBytes() {
    return 8;
  }

  @Override
  public int lengthBytes() {
    return 8;
  }

  @Override
  public int u8(long address) {
    check(address, 1);
    return page(address >>> PAGE_BITS)[(int) (address & PAGE - 1)] & 0xff;
  }

  @Override
  public long uint(long address, int bytes) {
    long v = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      v = v << 8 | u8(address + i);
    }
    return v;
  }

  @Override
  public byte[] bytes(long address, long length) {
    check(address, length);
    if (length > Integer.MAX_VALUE - 16) {
      throw new IndexOutOfBoundsException(length + " bytes in one piece");
    }
    byte[] out = new byte[(int) length];
    if (length > PAGE) {
      read(address, ByteBuffer.wrap(out));
      return out;
    }
    for (int done = 0; done < out.length; ) {
      int in = (int) (address + done & PAGE - 1);
      int n = Math.min(PAGE - in, out.length - done);
      System.arraycopy(page(address + done >>> PAGE_BITS), in, out, done, n);
      done += n;
    }
    return out;
  }

  @Override
  public Fields fields(long address, long length) {
    return new Fields(ByteBuffer.wrap(bytes(address, length)).order(ByteOrder.LITTLE_ENDIAN), 8, 8);
  }

  private byte[] page(long number) {
    byte[] page = pages.get(number);
    if (page == null) {
      long from = number << PAGE_BITS;
      page = new byte[(int) Math.min(PAGE, size() - from)];
      read(from, ByteBuffer.wrap(page));
      pages.put(number, page);
    }
    return page;
  }

  /** Fills a buffer from the file, past the pages. */
  void read(long address, ByteBuffer into) {
    check(address, into.remaining());
    try {
      long at = base + address;
      int limit = into.limit();
      while (into.position() < limit) {
        // the channel keeps a buffer of the size that is asked for
        into.limit(Math.min(limit, into.position() + SLICE));
        int n = channel.read(into, at);
        if (n < 0) {
          throw new IndexOutOfBoundsException("the file became shorter than " + size + " bytes");
        }
        at += n;
      }
      into.limit(limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
