package org.mdx.io.hdf5.element;

import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

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
    return new IndexedElements(ElementType.INT64, values.length, (i, to) -> to.putLong(values[i]));
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

  /**
   * Values of a function of the index.
   *
   * @param size how many
   * @param at the function
   * @return 64-bit floats
   */
  static Elements ofDoubles(int size, IntToDoubleFunction at) {
    return new IndexedElements(
        ElementType.FLOAT64, size, (i, to) -> to.putDouble(at.applyAsDouble(i)));
  }

  /**
   * Values of a function of the index.
   *
   * @param size how many
   * @param at the function
   * @return 32-bit floats
   */
  static Elements ofFloats(int size, FloatAt at) {
    return new IndexedElements(ElementType.FLOAT32, size, (i, to) -> to.putFloat(at.get(i)));
  }

  /**
   * Values of a function of the index.
   *
   * @param size how many
   * @param at the function
   * @return 32-bit integers
   */
  static Elements ofInts(int size, IntUnaryOperator at) {
    return new IndexedElements(ElementType.INT32, size, (i, to) -> to.putInt(at.applyAsInt(i)));
  }
}
