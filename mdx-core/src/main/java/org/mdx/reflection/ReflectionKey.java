package org.mdx.reflection;

import java.util.List;

/**
 * What a column of reflections is called and holds.
 *
 * @param <A> the array
 * @param name name in DIALS, such as {@code xyzobs.px.value}
 * @param array {@code int[]}, {@code long[]}, {@code double[]}, {@code boolean[]} or {@link
 *     Shoeboxes}
 * @param components numbers in a row; 1 of shoeboxes
 * @param unit unit of the components, such as {@code px, px, frame}; empty if there is none
 */
public record ReflectionKey<A>(String name, Class<A> array, int components, String unit) {

  private static final List<Class<?>> ARRAYS =
      List.of(int[].class, long[].class, double[].class, boolean[].class, Shoeboxes.class);

  public ReflectionKey {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
    if (!ARRAYS.contains(array)) {
      throw new IllegalArgumentException(
          "column " + name + " of " + array.getSimpleName() + ", must be of one of " + names());
    }
    if (components < 1 || array == Shoeboxes.class && components != 1) {
      throw new IllegalArgumentException(
          "column " + name + " of " + components + " components a row");
    }
  }

  private static List<String> names() {
    return ARRAYS.stream().map(Class::getSimpleName).toList();
  }

  /** Whether another key stands for the same numbers, whatever the unit says. */
  boolean holdsAs(ReflectionKey<?> other) {
    return array == other.array && components == other.components;
  }

  /** Such as {@code xyzobs.px.value: double[] x 3 (px, px, frame)}. */
  @Override
  public String toString() {
    return name
        + ": "
        + array.getSimpleName()
        + (components == 1 ? "" : " x " + components)
        + (unit.isEmpty() ? "" : " (" + unit + ")");
  }
}
