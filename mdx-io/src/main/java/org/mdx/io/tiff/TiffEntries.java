package org.mdx.io.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.io.image.RawStack;

/** A directory to be written, little endian; tags are sorted. */
final class TiffEntries {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  private record Entry(int tag, int type, long count, byte[] value) {}

  private final boolean big;
  private final List<Entry> entries = new ArrayList<>();

  TiffEntries(boolean big) {
    this.big = big;
  }

  /** Integers, in the smallest type that holds them. */
  TiffEntries integers(int tag, long... values) {
    long most = 0;
    for (long v : values) {
      most = Math.max(most, v);
    }
    int type = most < 1 << 16 ? SHORT : most < 1L << 32 ? LONG : LONG8;
    int size = type == SHORT ? 2 : type == LONG ? 4 : 8;
    ByteBuffer b = ByteBuffer.allocate(values.length * size).order(ByteOrder.LITTLE_ENDIAN);
    for (long v : values) {
      switch (size) {
        case 2 -> b.putShort((short) v);
        case 4 -> b.putInt((int) v);
        default -> b.putLong(v);
      }
    }
    entries.add(new Entry(tag, type, values.length, b.array()));
    return this;
  }

  /** A tag from elsewhere. */
  void tag(RawStack.Tag t) {
    entries.add(new Entry(t.number(), t.type(), t.count(), t.bytes()));
  }

  /** Where in the directory the position of the next one is. */
  int linkAt() {
    return (big ? 8 : 2) + entries.size() * (big ? 20 : 12);
  }

  /** The directory at a position, with the values that it has no room for behind it. */
  ByteBuffer write(long at) {
    entries.sort(Comparator.comparingInt(Entry::tag));
    int inside = big ? 8 : 4;
    int head = linkAt() + inside;
    int size = head + 7 & ~7;
    for (Entry e : entries) {
      size += e.value.length > inside ? e.value.length + 7 & ~7 : 0;
    }
    ByteBuffer b = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    if (big) {
      b.putLong(entries.size());
    } else {
      b.putShort((short) entries.size());
    }
    int outside = head + 7 & ~7;
    for (Entry e : entries) {
      b.putShort((short) e.tag).putShort((short) e.type);
      long value = 0;
      if (e.value.length > inside) {
        b.put(outside, e.value);
        value = at + outside;
        outside += e.value.length + 7 & ~7;
      } else {
        for (int i = 0; i < e.value.length; i++) {
          value |= (e.value[i] & 0xffL) << 8 * i;
        }
      }
      if (big) {
        b.putLong(e.count).putLong(value);
      } else {
        b.putInt((int) e.count).putInt((int) value);
      }
    }
    return b.clear();
  }
}
