package org.mdx.io.dials;

import java.util.List;

/**
 * The type of the rows of a column of a reflection table. The names are those in the files; numbers
 * are little endian.
 *
 * @param name name in the file
 * @param element kind of the numbers
 * @param components how many of them a row has; of {@link Element#RAW} bytes
 */
public record ColumnType(String name, Element element, int components) {

  /** Kinds of number. */
  public enum Element {
    /** One byte, not 0 for true. */
    BOOL(1),
    /** Signed integer of 4 bytes. */
    INT(4),
    /** Unsigned integer of 8 bytes. */
    SIZE(8),
    /** Floating point number of 8 bytes. */
    DOUBLE(8),
    /** Bytes that are not interpreted. */
    RAW(1),
    /** Pixels of a reflection, in rows of different length. */
    SHOEBOX(0),
    /** UTF-8 text, in rows of different length. */
    TEXT(0);

    private final int bytes;

    Element(int bytes) {
      this.bytes = bytes;
    }
  }

  /** True or false. */
  public static final ColumnType BOOL = new ColumnType("bool", Element.BOOL, 1);

  /** A signed integer. */
  public static final ColumnType INT = new ColumnType("int", Element.INT, 1);

  /** An unsigned integer, such as flags. */
  public static final ColumnType SIZE_T = new ColumnType("std::size_t", Element.SIZE, 1);

  /** A real number. */
  public static final ColumnType DOUBLE = new ColumnType("double", Element.DOUBLE, 1);

  /** Two real numbers. */
  public static final ColumnType VEC2 = new ColumnType("vec2<double>", Element.DOUBLE, 2);

  /** Three real numbers. */
  public static final ColumnType VEC3 = new ColumnType("vec3<double>", Element.DOUBLE, 3);

  /** A matrix, row by row. */
  public static final ColumnType MAT3 = new ColumnType("mat3<double>", Element.DOUBLE, 9);

  /** Six integers: bounding boxes x0, x1, y0, y1, z0, z1 with exclusive upper limits. */
  public static final ColumnType INT6 = new ColumnType("int6", Element.INT, 6);

  /** Miller index h, k, l. */
  public static final ColumnType MILLER_INDEX =
      new ColumnType("cctbx::miller::index<>", Element.INT, 3);

  /** Pixels of reflections. */
  public static final ColumnType SHOEBOX = new ColumnType("Shoebox<>", Element.SHOEBOX, 1);

  /** Text, which only pickles can hold. */
  public static final ColumnType TEXT = new ColumnType("std::string", Element.TEXT, 1);

  private static final List<ColumnType> KNOWN =
      List.of(BOOL, INT, SIZE_T, DOUBLE, VEC2, VEC3, MAT3, INT6, MILLER_INDEX, SHOEBOX);

  /**
   * The type of a name in a {@code .refl} file.
   *
   * @param name the name
   * @param stride bytes a row, if the type turns out not to be a known one
   * @return a known type, or raw bytes of that name; so {@code std::string}, of which DIALS writes
   *     addresses in memory instead of the text
   */
  static ColumnType ofFile(String name, int stride) {
    return KNOWN.stream()
        .filter(t -> t.name.equals(name))
        .findFirst()
        .orElseGet(() -> new ColumnType(name, Element.RAW, stride));
  }

  /**
   * Bytes a row.
   *
   * @return 0 if rows differ in length
   */
  public int stride() {
    return element.bytes * components;
  }

  /**
   * Whether rows differ in length.
   *
   * @return true for shoeboxes and text
   */
  public boolean isVariable() {
    return element.bytes == 0;
  }

  /**
   * Whether rows are numbers.
   *
   * @return false for raw bytes, shoeboxes and text
   */
  public boolean isNumeric() {
    return !isVariable() && element != Element.RAW;
  }
}
