package org.mdx.io.dials;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.mdx.io.dials.ColumnType.Element;

/**
 * A column of a reflection table. It keeps the bytes of the file, so that whatever is read is
 * written again bit by bit, numbers that are no numbers included.
 */
public final class ReflectionColumn {
  private final ColumnType type;
  private final int rows;
  private final ByteBuffer bytes; // little endian, from 0 to the limit

  /** Where each row ends, if rows differ in length; else null. */
  private final int[] ends;

  private ReflectionColumn(ColumnType type, int rows, ByteBuffer bytes, int[] ends) {
    this.type = type;
    this.rows = rows;
    this.bytes = bytes.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
    this.ends = ends;
  }

  private ReflectionColumn(ColumnType type, int rows, byte[] bytes, int[] ends) {
    this(type, rows, ByteBuffer.wrap(bytes), ends);
  }

  /** Takes the bytes of a type with rows of one length, whose number must be right. */
  static ReflectionColumn ofBytes(ColumnType type, int rows, byte[] bytes) {
    return new ReflectionColumn(type, rows, bytes, null);
  }

  /** Takes the bytes of rows that end where it is said. */
  static ReflectionColumn ofBytes(ColumnType type, ByteBuffer bytes, int[] ends) {
    return new ReflectionColumn(type, ends.length, bytes, ends);
  }

  /**
   * A column of real numbers.
   *
   * @param type {@link ColumnType#DOUBLE}, {@link ColumnType#VEC2}, {@link ColumnType#VEC3} or
   *     {@link ColumnType#MAT3}
   * @param values row by row, with all components of a row together
   * @return the column
   * @throws IllegalArgumentException if the type is another, or the values fill no whole rows
   */
  public static ReflectionColumn ofDoubles(ColumnType type, double... values) {
    ByteBuffer b = buffer(type, values.length, type.element() == Element.DOUBLE);
    b.asDoubleBuffer().put(values);
    return new ReflectionColumn(type, values.length / type.components(), b.array(), null);
  }

  /**
   * A column of integers, or of true (not 0) and false.
   *
   * @param type {@link ColumnType#BOOL}, {@link ColumnType#INT}, {@link ColumnType#SIZE_T}, {@link
   *     ColumnType#INT6} or {@link ColumnType#MILLER_INDEX}
   * @param values row by row, with all components of a row together
   * @return the column
   * @throws IllegalArgumentException if the type is another, the values fill no whole rows, or one
   *     does not fit the type
   */
  public static ReflectionColumn ofIntegers(ColumnType type, long... values) {
    Element e = type.element();
    ByteBuffer b =
        buffer(type, values.length, e == Element.BOOL || e == Element.INT || e == Element.SIZE);
    for (long v : values) {
      if (e == Element.INT ? v != (int) v : e == Element.SIZE && v < 0) {
        throw new IllegalArgumentException(v + " does not fit a column of " + type.name());
      }
      switch (e) {
        case BOOL -> b.put((byte) (v == 0 ? 0 : 1));
        case INT -> b.putInt((int) v);
        default -> b.putLong(v);
      }
    }
    return new ReflectionColumn(type, values.length / type.components(), b.array(), null);
  }

  /**
   * A column of texts.
   *
   * @param texts one for each row
   * @return the column
   */
  static ReflectionColumn ofTexts(List<byte[]> texts) {
    return ofRows(ColumnType.TEXT, texts);
  }

  /** A column of rows that differ in length. */
  static ReflectionColumn ofRows(ColumnType type, List<byte[]> rows) {
    int[] ends = new int[rows.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += rows.get(i).length;
      ends[i] = requireSize(end);
    }
    ByteBuffer b = ByteBuffer.allocate((int) end);
    rows.forEach(b::put);
    return new ReflectionColumn(type, ends.length, b.flip(), ends);
  }

  private static ByteBuffer buffer(ColumnType type, int values, boolean fits) {
    if (!fits || values % type.components() != 0) {
      throw new IllegalArgumentException(
          values + " numbers do not make a column of " + type.name());
    }
    return ByteBuffer.allocate(
            requireSize((long) values / type.components() * Math.max(1, type.stride())))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int requireSize(long bytes) {
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a column of " + bytes + " bytes is larger than 2 GiB; remove the shoeboxes, or split");
    }
    return (int) bytes;
  }

  /**
   * What the rows are.
   *
   * @return the type
   */
  public ColumnType type() {
    return type;
  }

  /**
   * Number of rows.
   *
   * @return at least 0
   */
  public int rows() {
    return rows;
  }

  /**
   * A number as a real one.
   *
   * @param row the row
   * @param component which of its numbers
   * @return the number; 0 or 1 of a column of booleans
   * @throws IllegalArgumentException if the rows are no numbers
   */
  public double value(int row, int component) {
    int i = index(row, component);
    return type.element() == Element.DOUBLE ? bytes.getDouble(8 * i) : integerAt(i);
  }

  /**
   * An integer.
   *
   * @param row the row
   * @param component which of its numbers
   * @return the integer; 0 or 1 of a column of booleans
   * @throws IllegalArgumentException if the rows are no integers
   */
  public long integer(int row, int component) {
    int i = index(row, component);
    if (type.element() == Element.DOUBLE) {
      throw new IllegalArgumentException("a column of " + type.name() + " holds no integers");
    }
    return integerAt(i);
  }

  /**
   * The integer of a row of one.
   *
   * @param row the row
   * @return the integer; 0 or 1 of a column of booleans
   * @throws IllegalArgumentException if the rows are no integers
   */
  public long integer(int row) {
    return integer(row, 0);
  }

  private long integerAt(int i) {
    return switch (type.element()) {
      case BOOL -> bytes.get(i) == 0 ? 0 : 1;
      case INT -> bytes.getInt(4 * i);
      default -> bytes.getLong(8 * i);
    };
  }

  /** Position of a number. */
  private int index(int row, int component) {
    if (!type.isNumeric()) {
      throw new IllegalArgumentException("a column of " + type.name() + " holds no numbers");
    }
    return Objects.checkIndex(row, rows) * type.components()
        + Objects.checkIndex(component, type.components());
  }

  /**
   * The pixels of a reflection.
   *
   * @param row the row
   * @return its shoebox
   * @throws IllegalArgumentException if this is no column of shoeboxes
   */
  public Shoebox shoebox(int row) {
    if (type.element() != Element.SHOEBOX) {
      throw new IllegalArgumentException("a column of " + type.name() + " holds no shoeboxes");
    }
    return new Shoebox(bytes.slice(start(row), length(row)));
  }

  /**
   * The text of a row.
   *
   * @param row the row
   * @return its text
   * @throws IllegalArgumentException if this is no column of text
   */
  public String text(int row) {
    if (type.element() != Element.TEXT) {
      throw new IllegalArgumentException("a column of " + type.name() + " holds no text");
    }
    byte[] text = new byte[length(row)];
    bytes.get(start(row), text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private int start(int row) {
    Objects.checkIndex(row, rows);
    return ends == null ? row * type.stride() : row == 0 ? 0 : ends[row - 1];
  }

  private int length(int row) {
    return ends == null ? type.stride() : ends[row] - start(row);
  }

  /**
   * Some of the rows.
   *
   * @param which their numbers, in the order wanted
   * @return a column of them
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public ReflectionColumn select(int... which) {
    long size = 0;
    int[] newEnds = ends == null ? null : new int[which.length];
    for (int i = 0; i < which.length; i++) {
      size += length(Objects.checkIndex(which[i], rows));
      if (newEnds != null) {
        newEnds[i] = requireSize(size);
      }
    }
    byte[] selected = new byte[requireSize(size)];
    int to = 0;
    for (int row : which) {
      bytes.get(start(row), selected, to, length(row));
      to += length(row);
    }
    return new ReflectionColumn(type, which.length, selected, newEnds);
  }

  /** Rows of zeros; shoeboxes without pixels, texts without letters. */
  static ReflectionColumn zeros(ColumnType type, int rows) {
    int row = type.element() == Element.SHOEBOX ? Shoebox.HEAD : type.stride();
    byte[] bytes = new byte[requireSize((long) rows * row)];
    int[] ends = type.isVariable() ? new int[rows] : null;
    for (int i = 0; ends != null && i < rows; i++) {
      ends[i] = (i + 1) * row;
    }
    return new ReflectionColumn(type, rows, bytes, ends);
  }

  /** One below the other; all must be of one type. */
  static ReflectionColumn concatenate(List<ReflectionColumn> columns) {
    ColumnType type = columns.get(0).type;
    long size = columns.stream().mapToLong(c -> c.bytes.limit()).sum();
    ByteBuffer b = ByteBuffer.allocate(requireSize(size));
    int rows = columns.stream().mapToInt(c -> c.rows).reduce(0, Math::addExact);
    int[] ends = type.isVariable() ? new int[rows] : null;
    int row = 0;
    for (ReflectionColumn c : columns) {
      for (int i = 0; ends != null && i < c.rows; i++) {
        ends[row++] = b.position() + c.ends[i];
      }
      b.put(c.bytes());
    }
    return new ReflectionColumn(type, rows, b.array(), ends);
  }

  /** The bytes, as in a file; not to be changed. */
  ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ReflectionColumn c
        && type.equals(c.type)
        && rows == c.rows
        && bytes.equals(c.bytes)
        && Arrays.equals(ends, c.ends);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, rows, bytes.hashCode());
  }

  @Override
  public String toString() {
    return rows + " of " + type.name();
  }
}
