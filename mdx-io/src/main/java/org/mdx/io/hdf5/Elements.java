package org.mdx.io.hdf5;

import java.nio.ByteBuffer;

/**
 * The numbers of a dataset in C order, asked for piece by piece and from several threads, so that
 * they need not exist twice.
 */
public interface Elements {

  /**
   * Their type.
   *
   * @return the type in the file
   */
  ElementType type();

  /**
   * How many there are.
   *
   * @return 0 or more, in some datasets more than 2³¹
   */
  long size();

  /**
   * Writes some of them.
   *
   * @param from the first
   * @param count how many
   * @param to little-endian buffer with room for them; its position moves behind them
   */
  void put(long from, int count, ByteBuffer to);

  /**
   * The elements of an array.
   *
   * @param values not copied: must not change until they are written
   * @return 64-bit floats
   */
  static Elements of(double... values) {
    return ofDoubles(values.length, i -> values[i]);
  }

  /**
   * The elements of an array.
   *
   * @param values not copied: must not change until they are written
   * @return 32-bit floats
   */
  static Elements of(float... values) {
    return ofFloats(values.length, i -> values[i]);
  }

  /**
   * The elements of an array.
   *
   * @param values not copied: must not change until they are written
   * @return 32-bit integers
   */
  static Elements of(int... values) {
    return ofInts(values.length, i -> values[i]);
  }

  /**
   * The elements of an array.
   *
   * @param values not copied: must not change until they are written
   * @return 64-bit integers
   */
  static Elements of(long... values) {
    return new Elements() {
      @Override
      public ElementType type() {
        return ElementType.INT64;
      }

      @Override
      public long size() {
        return values.length;
      }

      @Override
      public void put(long from, int count, ByteBuffer to) {
        int first = Math.toIntExact(from);
        for (int i = first; i < first + count; i++) {
          to.putLong(values[i]);
        }
      }
    };
  }

  /** A 64-bit float for an index. */
  @FunctionalInterface
  interface DoubleAt {
    /**
     * One value.
     *
     * @param index from 0
     * @return the value
     */
    double get(int index);
  }

  /** A 32-bit float for an index. */
  @FunctionalInterface
  interface FloatAt {
    /**
     * One value.
     *
     * @param index from 0
     * @return the value
     */
    float get(int index);
  }

  /** A 32-bit integer for an index. */
  @FunctionalInterface
  interface IntAt {
    /**
     * One value.
     *
     * @param index from 0
     * @return the value
     */
    int get(int index);
  }

  /**
   * Values of a function of the index.
   *
   * @param size how many
   * @param at the function
   * @return 64-bit floats
   */
  static Elements ofDoubles(int size, DoubleAt at) {
    return new Elements() {
      @Override
      public ElementType type() {
        return ElementType.FLOAT64;
      }

      @Override
      public long size() {
        return size;
      }

      @Override
      public void put(long from, int count, ByteBuffer to) {
        int first = Math.toIntExact(from);
        for (int i = first; i < first + count; i++) {
          to.putDouble(at.get(i));
        }
      }
    };
  }

  /**
   * Values of a function of the index.
   *
   * @param size how many
   * @param at the function
   * @return 32-bit floats
   */
  static Elements ofFloats(int size, FloatAt at) {
    return new Elements() {
      @Override
      public ElementType type() {
        return ElementType.FLOAT32;
      }

      @Override
      public long size() {
        return size;
      }

      @Override
      public void put(long from, int count, ByteBuffer to) {
        int first = Math.toIntExact(from);
        for (int i = first; i < first + count; i++) {
          to.putFloat(at.get(i));
        }
      }
    };
  }

  /**
   * Values of a function of the index.
   *
   * @param size how many
   * @param at the function
   * @return 32-bit integers
   */
  static Elements ofInts(int size, IntAt at) {
    return new Elements() {
      @Override
      public ElementType type() {
        return ElementType.INT32;
      }

      @Override
      public long size() {
        return size;
      }

      @Override
      public void put(long from, int count, ByteBuffer to) {
        int first = Math.toIntExact(from);
        for (int i = first; i < first + count; i++) {
          to.putInt(at.get(i));
        }
      }
    };
  }
}
