package org.mdx.reflection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Shoeboxes one after the other, in chunks, since one buffer holds no more than 2 GiB. */
final class PackedRows {
  /** Bytes before the pixels: panel, six limits, whether there are pixels. */
  static final int HEAD = 29;

  /** Bytes of a pixel: counts, mask, background. */
  static final int PIXEL = 12;

  /** Bytes of a chunk that nothing is added to any more. */
  private static final int FULL = 1 << 30;

  private static final int LIMITS = 6;
  private static final int FIRST = 1 << 12;

  private final List<ByteBuffer> chunks; // all of a row in one
  private final int[] firstRows; // of each chunk
  private final int[] starts; // byte of each row in its chunk

  private PackedRows(List<ByteBuffer> chunks, int[] firstRows, int[] starts) {
    this.chunks = chunks;
    this.firstRows = firstRows;
    this.starts = starts;
  }

  /** Takes the bytes to the limit, which must be so many rows. */
  static PackedRows of(ByteBuffer packed, int size) {
    ByteBuffer bytes = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int[] starts = new int[size];
    int at = 0;
    for (int row = 0; row < size; row++) {
      starts[row] = at;
      int length = length(bytes, at);
      if (length < 0) {
        throw new IllegalArgumentException(
            "shoebox "
                + row
                + ": limits that are reversed or need more than the "
                + (bytes.limit() - at)
                + " bytes left");
      }
      at += length;
    }
    if (at != bytes.limit()) {
      throw new IllegalArgumentException(
          size + " shoeboxes, and " + (bytes.limit() - at) + " bytes more");
    }
    return new PackedRows(List.of(bytes), new int[1], starts);
  }

  /** Bytes of a row, or −1 if it is damaged or longer than the buffer. */
  static int length(ByteBuffer b, int from) {
    if (b.limit() - from < HEAD) {
      return -1;
    }
    long pixels = 1;
    for (int i = 0; i < LIMITS / 2; i++) {
      long n = (long) b.getInt(from + 8 + 8 * i) - b.getInt(from + 4 + 8 * i);
      if (n < 0) {
        return -1;
      }
      // saturates well above what a buffer holds, and well below an overflow
      pixels = Math.min(pixels * Math.min(n, Integer.MAX_VALUE), Integer.MAX_VALUE);
    }
    long length = HEAD + (b.get(from + HEAD - 1) == 0 ? 0 : PIXEL * pixels);
    return length > b.limit() - from ? -1 : (int) length;
  }

  List<ByteBuffer> packed() {
    return chunks.stream()
        .map(c -> c.asReadOnlyBuffer().rewind().order(ByteOrder.LITTLE_ENDIAN))
        .toList();
  }

  int size() {
    return starts.length;
  }

  /** The chunk of a row. */
  ByteBuffer chunk(int row) {
    int k = firstRows.length - 1;
    while (firstRows[k] > row) {
      k--;
    }
    return chunks.get(k);
  }

  /** Where a row begins in its chunk. */
  int start(int row) {
    return starts[row];
  }

  /** Bytes of a row. */
  int length(int row) {
    return length(chunk(row), starts[row]);
  }

  /** Some bytes of a row. */
  ByteBuffer slice(int row, int from, int length) {
    return chunk(row).slice(starts[row] + from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PackedRows p
        && size() == p.size()
        && IntStream.range(0, size())
            .allMatch(i -> slice(i, 0, length(i)).equals(p.slice(i, 0, p.length(i))));
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int row = 0; row < size(); row++) {
      hash = 31 * hash + slice(row, 0, length(row)).hashCode();
    }
    return hash;
  }

  /** Collects rows. */
  static final class Collector {
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private final List<Integer> firstRows = new ArrayList<>(List.of(0));
    private int size;
    private int[] starts = new int[16];
    private ByteBuffer now = buffer(FIRST);

    private static ByteBuffer buffer(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
      return size;
    }

    /** Begins a row: its bytes are put into the buffer, where it stands. */
    ByteBuffer begin(long bytes) {
      if (bytes > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "shoebox " + size + " of " + bytes + " bytes, must be below 2 GiB");
      }
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
      }
      long end = now.position() + bytes;
      if (end > FULL && now.position() > 0) {
        chunks.add(packed());
        firstRows.add(size);
        now = buffer((int) bytes);
      } else if (end > now.capacity()) {
        ByteBuffer more = buffer((int) Math.max(bytes, Math.min(FULL, 2 * end)));
        now = more.put(now.flip());
      }
      starts[size++] = now.position();
      return now;
    }

    /** Adds a row. */
    void add(ByteBuffer row) {
      begin(row.remaining()).put(row);
    }

    private ByteBuffer packed() {
      byte[] bytes = Arrays.copyOf(now.array(), now.position());
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    PackedRows build() {
      List<ByteBuffer> all = new ArrayList<>(chunks);
      all.add(packed());
      return new PackedRows(
          List.copyOf(all),
          firstRows.stream().mapToInt(i -> i).toArray(),
          Arrays.copyOf(starts, size));
    }
  }
}
