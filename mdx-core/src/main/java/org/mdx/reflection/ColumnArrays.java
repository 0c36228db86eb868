package org.mdx.reflection;

import java.lang.reflect.Array;
import java.util.List;

/** The arrays behind the columns: primitive ones with adjacent components, or shoeboxes. */
final class ColumnArrays {
  private ColumnArrays() {}

  /** Rows of an array. */
  static int rows(ReflectionKey<?> key, Object array) {
    if (array instanceof Shoeboxes s) {
      return s.size();
    }
    int length = Array.getLength(array);
    if (length % key.components() != 0) {
      throw new IllegalArgumentException(
          "column " + key.name() + ": " + length + " numbers are no rows of " + key.components());
    }
    return length / key.components();
  }

  static Object copy(ReflectionKey<?> key, Object array) {
    return array instanceof Shoeboxes ? array : concatenate(key, List.of(array));
  }

  static Object select(ReflectionKey<?> key, Object array, int[] rows) {
    if (array instanceof Shoeboxes s) {
      return s.select(rows);
    }
    int n = key.components();
    Object out = zeros(key, rows.length);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(array, rows[i] * n, out, i * n, n);
    }
    return out;
  }

  static Object concatenate(ReflectionKey<?> key, List<Object> arrays) {
    if (key.array() == Shoeboxes.class) {
      return Shoeboxes.concatenate(arrays.stream().map(Shoeboxes.class::cast).toList());
    }
    int rows = arrays.stream().mapToInt(a -> rows(key, a)).reduce(0, Math::addExact);
    Object out = zeros(key, rows);
    int at = 0;
    for (Object a : arrays) {
      int length = Array.getLength(a);
      System.arraycopy(a, 0, out, at, length);
      at += length;
    }
    return out;
  }

  /** Rows of zeros; shoeboxes without pixels. */
  static Object zeros(ReflectionKey<?> key, int rows) {
    return key.array() == Shoeboxes.class
        ? Shoeboxes.empty(rows)
        : Array.newInstance(
            key.array().getComponentType(), Math.multiplyExact(rows, key.components()));
  }
}
