package org.mdx.io.image;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;

/**
 * The bytes of a file by position; those inside if it is compressed with gzip or bzip2, which its
 * first bytes tell. A plain file is read where asked. A compressed one is inflated into memory as
 * far as asked, so its place is with files of a single image. For one thread.
 */
public final class FileBytes implements Closeable {
  private static final int CHUNK = 1 << 18;
  private static final int SKIPPED = 1 << 13;

  /** More than one compressed file may inflate to: 1 GiB. */
  private static final long MAX_INFLATED = 1L << 30;

  /** Bytes that one byte can become at most: 1032 with deflate, 900,000 / 14 with bzip2. */
  private static final int MAX_DEFLATE = 1032;

  private static final int MAX_BZIP2 = 65536;

  private final Path path;
  private final FileChannel channel;
  private final Stored stored;
  private final InputStream inflated;
  private final int expansion;
  private byte[] bytes = {};
  private int length;
  private boolean ended;

  private FileBytes(
      Path path, FileChannel channel, Stored stored, InputStream inflated, int expansion) {
    this.stored = stored;
    this.path = path;
    this.channel = channel;
    this.inflated = inflated;
    this.expansion = expansion;
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return its bytes, to be closed
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it begins as a compressed file and goes on otherwise
   */
  public static FileBytes open(Path path) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(path.toString(), null, "the image file is missing");
    }
    Stored stored = new Stored(Channels.newInputStream(channel));
    byte[] m = magic(path, channel);
    try {
      InputStream in = null;
      int expansion = 1;
      if (m[0] == 0x1f && m[1] == (byte) 0x8b) {
        in = new GZIPInputStream(stored, 1 << 16);
        expansion = MAX_DEFLATE;
      } else if (m[0] == 'B' && m[1] == 'Z' && m[2] == 'h') {
        in = new BZip2CompressorInputStream(new BufferedInputStream(stored, 1 << 16), true);
        expansion = MAX_BZIP2;
      }
      return new FileBytes(path, channel, stored, in, expansion);
    } catch (IOException | RuntimeException e) {
      channel.close();
      if (e instanceof ClosedChannelException) {
        throw e;
      }
      stored.rethrow(path);
      throw damaged(path, 0, e);
    }
  }

  private static byte[] magic(Path path, FileChannel channel) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(3);
    try {
      channel.read(magic, 0);
      return magic.array();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      channel.close();
      throw new IOException(path + ": cannot be read: " + AtomicFile.reason(e), e);
    }
  }

  /**
   * Whether a file, after decompression, begins with something a format knows.
   *
   * @param path the file
   * @param count how many bytes to look at
   * @return the first bytes, fewer if there are no more or if the compressed stream is damaged
   * @throws IOException if it cannot be read
   */
  public static byte[] head(Path path, int count) throws IOException {
    try (FileBytes in = open(path)) {
      byte[] head = new byte[count];
      return Arrays.copyOf(head, in.read(0, head, 0, count));
    } catch (MdxFormatException e) {
      return new byte[0];
    }
  }

  /**
   * Whether the file is compressed as a whole.
   *
   * @return true if its bytes come from memory
   */
  public boolean isCompressed() {
    return inflated != null;
  }

  /**
   * Number of bytes; inflates all of a compressed file.
   *
   * @return size after decompression
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if its compressed stream is damaged
   */
  public long size() throws IOException {
    if (inflated == null) {
      return channel.size();
    }
    inflate(MAX_INFLATED);
    return length;
  }

  /**
   * A number of bytes that the file cannot exceed, known without inflating it: what a header claims
   * beyond that is wrong.
   *
   * @return the size of a plain file; of a compressed one as much as its method can make of it
   * @throws IOException if the file cannot be read
   */
  public long atMost() throws IOException {
    return inflated == null ? channel.size() : Math.min(MAX_INFLATED, channel.size() * expansion);
  }

  /**
   * Checks that the file can hold what its header claims, before memory is made for it.
   *
   * @param end position after the last byte
   * @param what is there, for the message
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file is too short
   */
  public void mustReach(long end, String what) throws IOException {
    if (end > atMost()) {
      throw new MdxFormatException(
          path,
          what,
          end + " bytes",
          (inflated == null ? "" : "at most ") + atMost() + " bytes",
          "the file is truncated or its header damaged, copy it again");
    }
  }

  /**
   * Reads bytes.
   *
   * @param at position of the first, 0 or above
   * @param into receives them
   * @param from index of the first in {@code into}
   * @param count how many
   * @return how many there were; fewer than asked for only at the end
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if its compressed stream is damaged
   */
  public int read(long at, byte[] into, int from, int count) throws IOException {
    if (inflated != null) {
      inflate(Math.min(MAX_INFLATED, at + count));
      int n = (int) Math.max(0, Math.min(count, length - at));
      System.arraycopy(bytes, (int) Math.min(at, length), into, from, n);
      return n;
    }
    ByteBuffer buffer = ByteBuffer.wrap(into, from, count);
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, at + count - buffer.remaining());
      if (n < 0) {
        break;
      }
    }
    return count - buffer.remaining();
  }

  /**
   * Reads bytes that must be there.
   *
   * @param at position of the first, 0 or above
   * @param into receives them
   * @param count how many, from index 0 of {@code into}
   * @param what they are, for the message
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file ends before them or its compressed stream is damaged
   */
  public void need(long at, byte[] into, int count, String what) throws IOException {
    int n = read(at, into, 0, count);
    if (n < count) {
      throw new MdxFormatException(
          path,
          what + " at byte " + at,
          count + " bytes",
          n + " bytes",
          "the file is truncated, copy it again");
    }
  }

  /**
   * Inflates the rest of a compressed file, so that its checksum is compared. To be called when all
   * pixels are read.
   *
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if its compressed stream is damaged
   */
  public void finish() throws IOException {
    if (inflated == null) {
      return;
    }
    byte[] rest = new byte[SKIPPED];
    long skipped = length;
    try {
      for (int n = 0; !ended && skipped < MAX_INFLATED; skipped += Math.max(0, n)) {
        n = inflated.read(rest);
        ended = n < 0;
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      stored.rethrow(path);
      throw damaged(path, skipped, e);
    }
  }

  private void inflate(long target) throws IOException {
    try {
      while (length < target && !ended) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_INFLATED, Math.max(CHUNK, 2L * length)));
        }
        int n = inflated.read(bytes, length, Math.min(CHUNK, bytes.length - length));
        ended = n < 0;
        length += Math.max(n, 0);
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      stored.rethrow(path);
      throw damaged(path, length, e);
    }
  }

  /**
   * The stored bytes of a compressed file, which remembers that they could not be read: what a
   * decompressor throws then is no fault of the file.
   */
  public static final class Stored extends FilterInputStream {
    private IOException failure;

    /**
     * A stream of stored bytes.
     *
     * @param in gives them
     */
    public Stored(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int from, int count) throws IOException {
      try {
        return super.read(b, from, count);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /**
     * Passes on what went wrong with reading.
     *
     * @param path the file, for the message
     * @throws IOException if a read has failed
     */
    public void rethrow(Path path) throws IOException {
      if (failure instanceof ClosedChannelException) {
        throw failure;
      } else if (failure != null) {
        throw new IOException(path + ": cannot be read: " + AtomicFile.reason(failure), failure);
      }
    }
  }

  private static MdxFormatException damaged(Path path, long length, Exception cause) {
    return new MdxFormatException(
        path,
        "compressed stream, after " + length + " bytes",
        "intact gzip or bzip2 data",
        cause instanceof IOException e ? AtomicFile.reason(e) : String.valueOf(cause.getMessage()),
        "the file is damaged, copy it again",
        cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
