package org.mdx.io.internal.hdf5.copy;

import it.unimi.dsi.fastutil.Arrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mdx.io.internal.hdf5.structure.Lookup3;
import org.mdx.io.internal.hdf5.structure.Structures;

/**
 * A file of which some parts are left out and everything behind them moves up. Each byte that stays
 * stays as it is, but for the addresses, which follow what they point to, and the checksums over
 * them. What is not known to be an address is never changed, so structures keep their form,
 * whatever it is; nothing that a walk reports may lie in what is left out.
 */
final class Relocation implements Structures {

  /** More address fields than a file of movies has; each takes 24 bytes of memory. */
  private static final int MAXIMUM_FIELDS = 1 << 22;

  private static final int LARGEST_SUM = 1 << 26;

  private final PagedBytes in;
  private final LongArrayList at = new LongArrayList();
  private final LongArrayList value = new LongArrayList();
  private final LongArrayList extentFrom = new LongArrayList();
  private final LongArrayList extentEnd = new LongArrayList();
  private final LongArrayList sums = new LongArrayList();
  private final TreeMap<Long, Long> cuts = new TreeMap<>();
  private final Map<Long, Long> moved = new HashMap<>();
  private final TreeMap<Long, Integer> overwritten = new TreeMap<>();
  private long[] cutFrom;
  private long[] cutEnd;
  private long[] cutBefore;
  private long alignment = 8;
  private long end;
  private boolean resolved;

  Relocation(PagedBytes in) {
    this.in = in;
  }

  @Override
  public void extent(long from, long length) {
    in.check(from, length);
    if (length > 0) {
      limit(extentFrom.size());
      extentFrom.add(from);
      extentEnd.add(from + length);
    }
  }

  @Override
  public void pointer(long position, long address) {
    limit(at.size());
    in.check(position, 8);
    at.add(position);
    value.add(address);
  }

  @Override
  public void checksum(long from, long length, long position) {
    if (length > LARGEST_SUM) {
      throw new IllegalArgumentException("a structure of " + length + " bytes");
    }
    if (Lookup3.hash(summed(in.bytes(from, length), from, position))
        != (int) in.uint(position, 4)) {
      throw new IllegalArgumentException("a wrong checksum at " + position);
    }
    limit(sums.size());
    sums.add(from);
    sums.add(length);
    sums.add(position);
  }

  private static void limit(int n) {
    if (n >= MAXIMUM_FIELDS) {
      throw new IllegalArgumentException("more than " + MAXIMUM_FIELDS + " structures");
    }
  }

  private static byte[] summed(byte[] bytes, long from, long position) {
    if (position < from + bytes.length) {
      int i = (int) (position - from);
      java.util.Arrays.fill(bytes, i, i + 4, (byte) 0);
    }
    return bytes;
  }

  /** Leaves out some bytes. */
  void cut(long from, long length) {
    in.check(from, length);
    if (length > 0) {
      cuts.merge(from, from + length, Math::max);
    }
  }

  /** Lets addresses move by multiples of a number of bytes, a power of two; otherwise eight. */
  void alignment(long bytes) {
    alignment = bytes;
  }

  /** An address that points elsewhere, in the file as it will be. */
  void move(long oldAddress, long newAddress) {
    moved.put(oldAddress, newAddress);
  }

  /** Four bytes that become others than they were, such as the end of the file in two halves. */
  void overwrite(long position, int bits) {
    overwritten.put(position, bits);
  }

  /**
   * Fixes what is left out.
   *
   * @param oldEnd behind the last byte to keep
   * @return where the file ends when everything has moved up
   */
  long plan(long oldEnd) {
    LongArrayList from = new LongArrayList();
    LongArrayList to = new LongArrayList();
    cuts.forEach(
        (f, t) -> {
          int last = to.size() - 1;
          if (last >= 0 && f <= to.getLong(last)) {
            to.set(last, Math.max(t, to.getLong(last)));
          } else {
            from.add((long) f);
            to.add((long) t);
          }
        });
    cutFrom = from.toLongArray();
    cutEnd = to.toLongArray();
    cutBefore = new long[cutFrom.length + 1];
    for (int i = 0; i < cutFrom.length; i++) {
      long length = cutEnd[i] - cutFrom[i] & -alignment;
      cutEnd[i] = cutFrom[i] + length;
      cutBefore[i + 1] = cutBefore[i] + length;
    }
    for (int i = 0; i < extentFrom.size(); i++) {
      requireKept(extentFrom.getLong(i), extentEnd.getLong(i));
    }
    end = oldEnd;
    return oldEnd - cutBefore[cutFrom.length];
  }

  private void requireKept(long from, long stop) {
    int i = cutAtOrBefore(stop - 1);
    if (i >= 0 && cutEnd[i] > from) {
      throw new IllegalArgumentException("data that overlap with structures at " + from);
    }
  }

  /** The last cut that begins at an address or before; −1 if there is none. */
  private int cutAtOrBefore(long address) {
    int i = java.util.Arrays.binarySearch(cutFrom, address);
    return i >= 0 ? i : -i - 2;
  }

  /** Where a file may end that would end at an address. */
  long aligned(long address) {
    return alignment > 8 ? address + alignment - 1 & -alignment : address;
  }

  /** Where something goes that was at an address. */
  long map(long address) {
    Long other = moved.get(address);
    if (other != null) {
      return other;
    }
    int i = cutAtOrBefore(address);
    if (i >= 0 && address < cutEnd[i]) {
      throw new IllegalArgumentException("an address into the data of a stack, " + address);
    }
    return address - cutBefore[i + 1];
  }

  /** Makes all fields what they will be; after that bytes can be asked for. */
  void resolve() {
    if (resolved) {
      return;
    }
    resolved = true;
    Arrays.quickSort(
        0,
        at.size(),
        (a, b) -> Long.compare(at.getLong(a), at.getLong(b)),
        (a, b) -> {
          swap(at, a, b);
          swap(value, a, b);
        });
    for (int i = 0; i < at.size(); i++) {
      value.set(i, map(value.getLong(i)));
      if (i > 0 && at.getLong(i) < at.getLong(i - 1) + 8 && !same(i)) {
        throw new IllegalArgumentException("structures that overlap at " + at.getLong(i));
      }
    }
    for (int i = 0; i < sums.size(); i += 3) {
      long position = sums.getLong(i + 2);
      byte[] b = bytes(sums.getLong(i), (int) sums.getLong(i + 1));
      overwritten.put(position, Lookup3.hash(summed(b, sums.getLong(i), position)));
    }
  }

  private boolean same(int i) {
    return at.getLong(i) == at.getLong(i - 1) && value.getLong(i) == value.getLong(i - 1);
  }

  private static void swap(LongArrayList a, int i, int j) {
    long t = a.getLong(i);
    a.set(i, a.getLong(j));
    a.set(j, t);
  }

  /** Bytes from an old address on, with what changes in them. */
  byte[] bytes(long from, int length) {
    byte[] b = in.bytes(from, length);
    int i = firstFieldAfter(from - 8);
    for (; i < at.size() && at.getLong(i) < from + length; i++) {
      put(b, at.getLong(i) - from, value.getLong(i), 8);
    }
    overwritten
        .subMap(from - 3, from + length)
        .forEach((position, bits) -> put(b, position - from, bits, 4));
    return b;
  }

  private int firstFieldAfter(long position) {
    int low = 0;
    int high = at.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (at.getLong(middle) > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static void put(byte[] b, long index, long v, int bytes) {
    for (int k = 0; k < bytes; k++) {
      if (index + k >= 0 && index + k < b.length) {
        b[(int) index + k] = (byte) (v >>> 8 * k);
      }
    }
  }

  /** Takes pieces of the file as it will be. */
  @FunctionalInterface
  interface Sink {
    void take(long newAddress, byte[] bytes) throws java.io.IOException;
  }

  /** Hands out everything that stays, in order, in pieces of moderate size. */
  void forEachPiece(int most, Sink sink) throws java.io.IOException {
    long from = 0;
    for (int i = 0; i <= cutFrom.length; i++) {
      long stop = i < cutFrom.length ? Math.min(cutFrom[i], end) : end;
      while (from < stop) {
        int n = (int) Math.min(most, stop - from);
        sink.take(from - cutBefore[i], bytes(from, n));
        from += n;
      }
      from = i < cutFrom.length ? cutEnd[i] : from;
    }
  }

  /** Number of addresses that were found. */
  int fields() {
    return at.size();
  }
}
