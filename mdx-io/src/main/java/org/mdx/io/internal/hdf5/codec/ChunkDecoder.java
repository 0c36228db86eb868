package org.mdx.io.internal.hdf5.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes the filters of chunks. For one thread at a time; reused for chunk after chunk. */
public final class ChunkDecoder implements AutoCloseable {

  /** The most that one byte of a deflate stream can become. */
  static final int MAXIMUM_RATIO = 1032;

  private static final int CHECKSUM = 4;
  private static final int BLOCKED_HEADER = 12;
  private static final int DEFAULT_LZ4_BLOCK = 1 << 30;

  private final List<FilterPipeline.Filter> filters;
  private final int elementBytes;
  private final int ratio;
  private final Inflater inflater = new Inflater();
  private byte[] front = new byte[0];
  private byte[] back = new byte[0];
  private byte[] block = new byte[0];
  private byte[] packed = new byte[0];
  private int held = -1;

  /**
   * A decoder for the chunks of one dataset.
   *
   * @param pipeline filters, all known
   * @param elementBytes size of an element
   */
  public ChunkDecoder(FilterPipeline pipeline, int elementBytes) {
    this.filters = pipeline.filters();
    this.ratio = pipeline.maximumRatio();
    this.elementBytes = elementBytes;
  }

  /**
   * As {@link #decode}, but does nothing for a chunk that is the last one again, as when a part
   * with steps takes its elements one by one.
   *
   * @param number of the chunk, 0 or more
   */
  public byte[] decodeOnce(int number, ByteBuffer raw, int mask, int length)
      throws DataFormatException {
    if (held != number) {
      held = -1;
      decode(raw, mask, length);
      held = number;
    }
    return front;
  }

  /**
   * Decodes a chunk.
   *
   * @param raw its bytes in the file
   * @param mask bit i is set if filter i was left out
   * @param length how many bytes it must give
   * @return the bytes, as many or more, valid until the next call
   * @throws DataFormatException if it gives another number of bytes or is damaged
   */
  public byte[] decode(ByteBuffer raw, int mask, int length) throws DataFormatException {
    int stored = raw.remaining();
    if ((long) stored * ratio < length) {
      throw new DataFormatException(stored + " bytes");
    }
    int room = length + CHECKSUM * filters.size();
    if (front.length < room || back.length < room) {
      front = new byte[room];
      back = new byte[room];
    }
    ByteBuffer in = raw;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if ((mask & 1 << i) == 0) {
        int n = undo(filters.get(i), in, length + CHECKSUM * checksums(mask, i));
        byte[] done = back;
        back = front;
        front = done;
        in = ByteBuffer.wrap(front, 0, n);
      }
    }
    if (in.remaining() != length) {
      throw new DataFormatException(in.remaining() + " bytes");
    }
    if (in == raw) {
      in.get(front, 0, length);
    }
    return front;
  }

  /** Number of checksums that were added before a filter was applied. */
  private int checksums(int mask, int filter) {
    int n = 0;
    for (int i = 0; i < filter; i++) {
      n += filters.get(i).id() == FilterPipeline.FLETCHER32 && (mask & 1 << i) == 0 ? 1 : 0;
    }
    return n;
  }

  /**
   * Undoes one filter, from {@code in} to {@code back}.
   *
   * @param length bytes that a compressing filter must give
   * @return bytes that it gave
   */
  private int undo(FilterPipeline.Filter filter, ByteBuffer in, int length)
      throws DataFormatException {
    if (filter.id() == FilterPipeline.FLETCHER32) {
      return checksum(in);
    }
    switch (filter.id()) {
      case FilterPipeline.DEFLATE -> inflate(in, length);
      case FilterPipeline.SHUFFLE -> {
        requireLength(in, length);
        int size = elementSize(filter.value(0), length);
        unshuffle(bytes(in), offset(in), back, length, size);
      }
      case FilterPipeline.LZ4 -> lz4(in, length);
      case FilterPipeline.BITSHUFFLE -> bitShuffle(filter, in, length);
      default -> throw new DataFormatException("filter " + filter.id());
    }
    return length;
  }

  /** What a filter was told of the elements; such a number is looped over, so it is checked. */
  private int elementSize(int told, int length) throws DataFormatException {
    if (told > Math.max(length, elementBytes)) {
      throw new DataFormatException("elements of " + told + " bytes");
    }
    return told > 0 ? told : elementBytes;
  }

  private static void requireLength(ByteBuffer in, int length) throws DataFormatException {
    if (in.remaining() != length) {
      throw new DataFormatException(in.remaining() + " bytes");
    }
  }

  /** The array behind a buffer, or one with its bytes where it has none. */
  private byte[] bytes(ByteBuffer in) {
    if (in.hasArray()) {
      return in.array();
    }
    if (packed.length < in.remaining()) {
      packed = new byte[in.remaining()];
    }
    in.get(in.position(), packed, 0, in.remaining());
    return packed;
  }

  private static int offset(ByteBuffer in) {
    return in.hasArray() ? in.arrayOffset() + in.position() : 0;
  }

  private void inflate(ByteBuffer raw, int length) throws DataFormatException {
    inflater.reset();
    inflater.setInput(raw);
    int n = 0;
    while (n < length) {
      int got = inflater.inflate(back, n, length - n);
      if (got == 0) {
        break;
      }
      n += got;
    }
    // at the exact length the trailing checksum may still have to be read and verified
    boolean more = !inflater.finished() && inflater.inflate(new byte[1]) > 0;
    if (n != length || more || !inflater.finished()) {
      throw new DataFormatException(n + " bytes, " + (more ? "and more" : "then the end"));
    }
  }

  /** The opposite of shuffling; a remainder that fills no element is copied. */
  static void unshuffle(byte[] in, int from, byte[] out, int length, int elementBytes) {
    int n = length / elementBytes;
    for (int b = 0; b < elementBytes; b++) {
      int plane = from + b * n;
      for (int i = 0, to = b; i < n; i++, to += elementBytes) {
        out[to] = in[plane + i];
      }
    }
    int rest = length - n * elementBytes;
    System.arraycopy(in, from + n * elementBytes, out, n * elementBytes, rest);
  }

  private int checksum(ByteBuffer in) throws DataFormatException {
    int length = in.remaining() - CHECKSUM;
    if (length < 0) {
      throw new DataFormatException(in.remaining() + " bytes");
    }
    byte[] b = bytes(in);
    int from = offset(in);
    int stored =
        ByteBuffer.wrap(b, from + length, CHECKSUM).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int found = fletcher32(b, from, length);
    if (found != stored && found != swapped(stored)) {
      throw new DataFormatException(
          String.format("bytes with the Fletcher32 checksum %08x, not %08x", found, stored));
    }
    if (back.length < length) {
      back = new byte[length];
    }
    System.arraycopy(b, from, back, 0, length);
    return length;
  }

  /** Versions before 1.6.3 wrote the two bytes of each half the other way round. */
  private static int swapped(int stored) {
    return (stored & 0xff00ff) << 8 | stored >>> 8 & 0xff00ff;
  }

  /**
   * Fletcher's checksum of 16-bit words, high byte first, as the HDF5 library computes it: sums
   * that are divisible by 65535 are 65535, and 0 only where all words are 0.
   */
  static int fletcher32(byte[] b, int from, int length) {
    long one = 0;
    long two = 0;
    for (int i = 0; i < length; i += 2) {
      int low = i + 1 < length ? b[from + i + 1] & 0xff : 0;
      one = folded(one + ((b[from + i] & 0xff) << 8 | low));
      two = folded(two + one);
    }
    return (int) (two << 16 | one);
  }

  private static long folded(long sum) {
    return (sum & 0xffff) + (sum >>> 16);
  }

  /** Total and block size, then blocks with their sizes, all big endian (HDF5 filter 32004). */
  private void lz4(ByteBuffer in, int length) throws DataFormatException {
    byte[] b = bytes(in);
    int from = offset(in);
    int end = from + in.remaining();
    int size = blockSize(b, from, end, length, DEFAULT_LZ4_BLOCK);
    int at = from + BLOCKED_HEADER;
    for (int done = 0; done < length; ) {
      int n = Math.min(size, length - done);
      int stored = stored(b, at, end);
      at += 4;
      if (stored == n) {
        System.arraycopy(b, at, back, done, n);
      } else {
        Lz4.decompress(b, at, stored, back, done, n);
      }
      at += stored;
      done += n;
    }
  }

  private static int blockSize(byte[] b, int from, int end, int length, int otherwise)
      throws DataFormatException {
    if (end - from < BLOCKED_HEADER) {
      throw new DataFormatException((end - from) + " bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(b, from, BLOCKED_HEADER);
    long total = head.getLong();
    int size = head.getInt();
    if (total != length || size < 0) {
      throw new DataFormatException(total + " bytes in blocks of " + size);
    }
    return size == 0 ? otherwise : size;
  }

  private static int stored(byte[] b, int at, int end) throws DataFormatException {
    int n = end - at < 4 ? -1 : ByteBuffer.wrap(b, at, 4).getInt();
    if (n < 0 || n > end - at - 4) {
      throw new DataFormatException("a block of " + n + " with " + (end - at) + " bytes left");
    }
    return n;
  }

  /** Blocks of elements, the last one shorter, then up to seven elements as they are. */
  private void bitShuffle(FilterPipeline.Filter filter, ByteBuffer in, int length)
      throws DataFormatException {
    int size = elementSize(filter.value(2), length);
    boolean lz4 = filter.value(4) == FilterPipeline.BITSHUFFLE_LZ4;
    byte[] b = bytes(in);
    int at = offset(in);
    int end = at + in.remaining();
    int standard = BitShuffle.defaultBlock(size);
    int blockElements = filter.value(3) > 0 ? filter.value(3) : standard;
    if (lz4) {
      blockElements = blockSize(b, at, end, length, standard * size) / size;
      at += BLOCKED_HEADER;
    } else {
      requireLength(in, length);
    }
    if (blockElements < 8 || blockElements % 8 != 0) {
      throw new DataFormatException("blocks of " + blockElements + " elements");
    }
    int elements = length / size / 8 * 8;
    int blockBytes = (int) Math.min((long) blockElements * size, elements * (long) size);
    if (block.length < blockBytes) {
      block = new byte[blockBytes];
    }
    for (int done = 0; done < elements; ) {
      int n = Math.min(blockElements, elements - done);
      Arrays.fill(back, done * size, (done + n) * size, (byte) 0);
      if (lz4) {
        int stored = stored(b, at, end);
        Lz4.decompress(b, at + 4, stored, block, 0, n * size);
        BitShuffle.restore(block, 0, back, done * size, n, size);
        at += 4 + stored;
      } else {
        BitShuffle.restore(b, at, back, done * size, n, size);
        at += n * size;
      }
      done += n;
    }
    int rest = length - elements * size;
    if (end - at != rest) {
      throw new DataFormatException((end - at) + " bytes behind the last block");
    }
    System.arraycopy(b, at, back, elements * size, rest);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
