package org.mdx.io.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.RawStack;

/** One image file directory: tags and where their values are. */
final class TiffDirectory {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
  private static final int MAX_TEXT = 1 << 16;
  private static final int MAX_TAG = 1 << 28;
  private static final String CURE = "the file is damaged, copy it again";

  /**
   * One entry.
   *
   * @param type of its values
   * @param count how many
   * @param at position of the first in the file
   */
  private record Entry(int type, long count, long at) {}

  private final Path path;
  private final FileBytes in;
  private final ByteOrder order;
  private final Map<Integer, Entry> entries = new LinkedHashMap<>();
  private final long next;

  TiffDirectory(Path path, FileBytes in, ByteOrder order, boolean big, long at) throws IOException {
    this.path = path;
    this.in = in;
    this.order = order;
    int head = big ? 8 : 2;
    int entry = big ? 20 : 12;
    long count = big ? numbers(at, 8).getLong(0) : numbers(at, 2).getShort(0) & 0xffff;
    if (count < 1 || count > 0xffff) {
      throw new MdxFormatException(
          path, "directory at byte " + at, "1 to 65535 entries", String.valueOf(count), CURE);
    }
    int size = (int) count * entry;
    in.mustReach(at + head + size + (big ? 8 : 4), "directory at byte " + at);
    ByteBuffer b = numbers(at + head, size + (big ? 8 : 4));
    for (int i = 0; i < count; i++) {
      int p = i * entry;
      int type = b.getShort(p + 2) & 0xffff;
      long values = big ? b.getLong(p + 4) : b.getInt(p + 4) & 0xffffffffL;
      int field = p + (big ? 12 : 8);
      int each = type < SIZES.length ? SIZES[type] : 0;
      if (each == 0 || values < 0 || values > Long.MAX_VALUE / each) {
        continue;
      }
      boolean inside = values * each <= (big ? 8 : 4);
      long where = big ? b.getLong(field) : b.getInt(field) & 0xffffffffL;
      entries.putIfAbsent(
          b.getShort(p) & 0xffff, new Entry(type, values, inside ? at + head + field : where));
    }
    next = big ? b.getLong(size) : b.getInt(size) & 0xffffffffL;
  }

  private ByteBuffer numbers(long at, int count) throws IOException {
    byte[] bytes = new byte[count];
    in.need(at, bytes, count, "directory");
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** Position of the next directory; 0 after the last. */
  long next() {
    return next;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** All values of an integer tag; empty if there is no such tag. */
  long[] longs(int tag) throws IOException {
    Entry e = entries.get(tag);
    if (e == null) {
      return new long[0];
    }
    int each = SIZES[e.type];
    if (e.type == 2 || e.type > SHORT + 1 && e.type != 13 && e.type < 16) {
      throw new MdxFormatException(path, "tag " + tag, "integers", "type " + e.type, CURE);
    }
    if (e.at < 0 || e.count > (in.atMost() - e.at) / each || e.count > Integer.MAX_VALUE / each) {
      throw new MdxFormatException(
          path, "tag " + tag, "values inside the file", e.count + " at byte " + e.at, CURE);
    }
    ByteBuffer b = numbers(e.at, (int) e.count * each);
    long[] values = new long[(int) e.count];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (e.type) {
            case SHORT -> b.getShort(2 * i) & 0xffff;
            case LONG, 13 -> b.getInt(4 * i) & 0xffffffffL;
            case 1 -> b.get(i) & 0xff;
            default -> b.getLong(8 * i);
          };
    }
    return values;
  }

  /** The only value of an integer tag. */
  long number(int tag, long otherwise) throws IOException {
    long[] values = longs(tag);
    return values.length == 0 ? otherwise : values[0];
  }

  /** All tags but some, in rising order, with their values little endian. */
  List<RawStack.Tag> tags(Set<Integer> without) throws IOException {
    List<RawStack.Tag> tags = new ArrayList<>();
    for (int tag : new TreeSet<>(entries.keySet())) {
      Entry e = entries.get(tag);
      if (without.contains(tag)) {
        continue;
      }
      int each = SIZES[e.type];
      if (e.at < 0 || e.count > (in.atMost() - e.at) / each || e.count * each > MAX_TAG) {
        throw new MdxFormatException(
            path, "tag " + tag, "values inside the file", e.count + " at byte " + e.at, CURE);
      }
      byte[] bytes = new byte[(int) e.count * each];
      in.need(e.at, bytes, bytes.length, "tag " + tag);
      if (order == ByteOrder.BIG_ENDIAN) {
        // a fraction is two integers of four bytes
        RawStack.swap(bytes, bytes.length, e.type == 5 || e.type == 10 ? 4 : each);
      }
      tags.add(new RawStack.Tag(tag, e.type, e.count, bytes));
    }
    return tags;
  }

  /** The text of a tag; empty if there is none. */
  String text(int tag) throws IOException {
    Entry e = entries.get(tag);
    if (e == null || e.type != 2 || e.at < 0) {
      return "";
    }
    byte[] bytes = new byte[(int) Math.min(MAX_TEXT, e.count)];
    int n = in.read(e.at, bytes, 0, bytes.length);
    String s = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
    int end = s.indexOf(0);
    return (end < 0 ? s : s.substring(0, end)).strip();
  }
}
