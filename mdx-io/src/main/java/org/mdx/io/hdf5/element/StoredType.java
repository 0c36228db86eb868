package org.mdx.io.hdf5.element;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the elements of a dataset in a file are.
 *
 * @param kind numbers, truth values, texts or something else
 * @param bytes size of one element
 * @param order byte order of numbers
 */
public record StoredType(Kind kind, int bytes, ByteOrder order) {

  /** Kinds of elements. */
  public enum Kind {
    /** Two's complement integers. */
    SIGNED,
    /** Integers from zero. */
    UNSIGNED,
    /** IEEE 754 numbers. */
    FLOAT,
    /** An enumeration on integers, as h5py stores truth values. */
    ENUM,
    /** Texts of a fixed number of bytes. */
    TEXT,
    /** References to texts of any length. */
    REFERRED_TEXT,
    /** Anything that is not read here. */
    OTHER
  }

  /**
   * Whether the values are real numbers.
   *
   * @return false for integers and all else
   */
  public boolean isReal() {
    return kind == Kind.FLOAT;
  }

  /**
   * Whether elements can be read as numbers; truth values are 0 and 1.
   *
   * @return true if so
   */
  public boolean isNumber() {
    return kind == Kind.FLOAT || isInteger();
  }

  /**
   * Whether elements are integers of any size.
   *
   * @return true if so
   */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED || kind == Kind.ENUM;
  }

  /**
   * Whether elements are texts.
   *
   * @return true if so
   */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.REFERRED_TEXT;
  }

  /**
   * One number.
   *
   * @param from holds it, in the order of this type
   * @param at byte position
   * @return the number; integers beyond 2⁵³ are rounded
   */
  public double number(ByteBuffer from, int at) {
    if (kind == Kind.FLOAT) {
      return bytes == 4 ? from.getFloat(at) : from.getDouble(at);
    }
    long v = integer(from, at);
    return kind == Kind.UNSIGNED && v < 0 ? (v >>> 1) * 2.0 : v;
  }

  /**
   * One integer.
   *
   * @param from holds it, in the order of this type
   * @param at byte position
   * @return the integer; an unsigned one beyond 2⁶³ comes out negative
   */
  public long integer(ByteBuffer from, int at) {
    long v =
        switch (bytes) {
          case 1 -> from.get(at);
          case 2 -> from.getShort(at);
          case 4 -> from.getInt(at);
          default -> from.getLong(at);
        };
    return kind == Kind.UNSIGNED && bytes < 8 ? v & (1L << (8 * bytes)) - 1 : v;
  }

  /** As h5py names it, such as {@code float32}. */
  @Override
  public String toString() {
    return switch (kind) {
      case SIGNED -> "int" + 8 * bytes;
      case UNSIGNED -> "uint" + 8 * bytes;
      case FLOAT -> "float" + 8 * bytes;
      case ENUM -> "bool";
      case TEXT, REFERRED_TEXT -> "str";
      case OTHER -> "object";
    };
  }
}
