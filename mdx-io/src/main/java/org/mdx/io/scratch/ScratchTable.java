package org.mdx.io.scratch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.mdx.table.Column;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.PlaneCounts;
import org.mdx.table.Subdivision;

/** One table in a scratch file: rows ordered by H, columns one behind the other. */
final class ScratchTable {
  /** Names of the index columns; no column of a table has such a name. */
  static final String H = "#H";

  static final String K = "#K";
  static final String L = "#L";

  private static final int BUFFER = 1 << 20;

  private enum Type {
    INT,
    FLOAT,
    DOUBLE;

    int bytes() {
      return this == DOUBLE ? Double.BYTES : Integer.BYTES;
    }
  }

  /** Where a column lies. */
  private record Place(Type type, long at) {}

  private final Path file;
  private final PlaneCounts planes;
  private final Map<String, Place> places = new LinkedHashMap<>();

  private ScratchTable(Path file, PlaneCounts planes) {
    this.file = file;
    this.planes = planes;
  }

  /** Writes a table by rising H. */
  static ScratchTable write(Path file, HKLTable table) throws IOException {
    ScratchTable out = new ScratchTable(file, PlaneCounts.of(table));
    return out.write(table, out.order(table.h()));
  }

  /** Writes a table whose rows keep their order; it can be read as a whole only. */
  static ScratchTable writeAsItIs(Path file, HKLTable table) throws IOException {
    return new ScratchTable(file, PlaneCounts.of(table)).write(table, null);
  }

  private ScratchTable write(HKLTable table, int[] order) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      put(channel, H, table.h(), order);
      put(channel, K, table.k(), order);
      put(channel, L, table.l(), order);
      for (String name : table.columnNames()) {
        put(channel, name, table.column(name), order);
      }
    }
    return this;
  }

  /** The whole table with some of its columns. */
  HKLTable read(Subdivision ndiv, Collection<String> columns) throws IOException {
    HKLTable out = HKLTable.of(ndiv, (IntColumn) all(H), (IntColumn) all(K), (IntColumn) all(L));
    for (String name : columnNames()) {
      out = columns.contains(name) ? out.with(name, all(name)) : out;
    }
    return out;
  }

  private Column all(String name) throws IOException {
    return read(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Rows by plane; those of a plane keep their order. */
  private int[] order(IntColumn h) {
    int[] in = planes.planes();
    int[] next = new int[in.length];
    for (int i = 1; i < in.length; i++) {
      next[i] = next[i - 1] + (int) planes.rows(in[i - 1]);
    }
    int[] order = new int[h.size()];
    for (int row = 0; row < order.length; row++) {
      order[next[Arrays.binarySearch(in, h.value(row))]++] = row;
    }
    return order;
  }

  /** Stores a column; by rows as they are if no order is given. */
  private void put(FileChannel channel, String name, Column column, int[] order)
      throws IOException {
    Type type =
        column instanceof IntColumn
            ? Type.INT
            : column instanceof FloatColumn ? Type.FLOAT : Type.DOUBLE;
    places.put(name, new Place(type, channel.position()));
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    for (int i = 0; i < column.size(); i++) {
      int row = order == null ? i : order[i];
      switch (type) {
        case INT -> buffer.putInt(((IntColumn) column).value(row));
        case FLOAT -> buffer.putFloat(((FloatColumn) column).value(row));
        default -> buffer.putDouble(column.get(row));
      }
      if (!buffer.hasRemaining()) {
        flush(channel, buffer);
      }
    }
    flush(channel, buffer);
  }

  private static void flush(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  PlaneCounts planes() {
    return planes;
  }

  /** Names of the columns beside the indices, in order. */
  Set<String> columnNames() {
    Set<String> names = new LinkedHashSet<>(places.keySet());
    names.removeAll(Set.of(H, K, L));
    return names;
  }

  /** A column's values in a range of planes. */
  Column read(String name, int fromH, int toH) throws IOException {
    long skipped = 0;
    long rows = 0;
    for (int h : planes.planes()) {
      skipped += h < fromH ? planes.rows(h) : 0;
      rows += h >= fromH && h <= toH ? planes.rows(h) : 0;
    }
    Place place = places.get(name);
    int n = Math.toIntExact(rows);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(place.at() + skipped * place.type().bytes());
      return read(channel, place.type(), n);
    }
  }

  private static Column read(FileChannel channel, Type type, int n) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    int[] ints = new int[type == Type.INT ? n : 0];
    float[] floats = new float[type == Type.FLOAT ? n : 0];
    double[] doubles = new double[type == Type.DOUBLE ? n : 0];
    for (int at = 0; at < n; ) {
      int now = Math.min(n - at, BUFFER / type.bytes());
      fill(channel, buffer.clear().limit(now * type.bytes()));
      switch (type) {
        case INT -> buffer.asIntBuffer().get(ints, at, now);
        case FLOAT -> buffer.asFloatBuffer().get(floats, at, now);
        default -> buffer.asDoubleBuffer().get(doubles, at, now);
      }
      at += now;
    }
    return switch (type) {
      case INT -> IntColumn.adopt(ints);
      case FLOAT -> FloatColumn.adopt(floats);
      default -> DoubleColumn.of(doubles);
    };
  }

  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("scratch file is shorter than it was written");
      }
    }
    buffer.flip();
  }
}
