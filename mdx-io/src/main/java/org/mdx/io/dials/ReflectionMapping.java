package org.mdx.io.dials;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mdx.io.dials.ColumnType.Element;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.reflection.Shoeboxes;

/** Between the columns of a file and those of {@link Reflections}. */
final class ReflectionMapping {
  /** Columns of small numbers that DIALS keeps as unsigned integers of 8 bytes. */
  private static final Set<String> UNSIGNED = Set.of(ReflectionKeys.PANEL.name());

  private static final Map<Integer, ColumnType> INTEGERS =
      Map.of(1, ColumnType.INT, 3, ColumnType.MILLER_INDEX, 6, ColumnType.INT6);
  private static final Map<Integer, ColumnType> REALS =
      Map.of(1, ColumnType.DOUBLE, 2, ColumnType.VEC2, 3, ColumnType.VEC3, 9, ColumnType.MAT3);

  private ReflectionMapping() {}

  static Reflections reflections(ReflectionTable table) {
    Reflections.Builder b = Reflections.builder(table.rows());
    Map<Integer, String> identifiers = new HashMap<>();
    table.identifiers().forEach((id, text) -> identifiers.put(toInt("identifiers", 0, id), text));
    b.identifiers(identifiers);
    table
        .columns()
        .forEach(
            (name, column) -> {
              if (column.type().isNumeric() || column.type().element() == Element.SHOEBOX) {
                set(b, key(name, column.type()), column);
              }
            });
    return b.build();
  }

  /** The key that is known, which the column must be able to fill, or one of the file's type. */
  private static ReflectionKey<?> key(String name, ColumnType type) {
    ReflectionKey<?> known = ReflectionKeys.of(name).orElse(null);
    if (known == null) {
      return switch (type.element()) {
        case BOOL -> new ReflectionKey<>(name, boolean[].class, type.components(), "");
        case INT -> new ReflectionKey<>(name, int[].class, type.components(), "");
        case SIZE -> new ReflectionKey<>(name, long[].class, type.components(), "");
        case DOUBLE -> new ReflectionKey<>(name, double[].class, type.components(), "");
        default -> new ReflectionKey<>(name, Shoeboxes.class, 1, "");
      };
    }
    boolean integers = type.element() == Element.INT || type.element() == Element.SIZE;
    boolean fits =
        known.components() == type.components()
            && (known.array() == Shoeboxes.class
                ? type.element() == Element.SHOEBOX
                : known.array() == double[].class
                    ? type.element() == Element.DOUBLE
                    : known.array() == boolean[].class ? type.element() == Element.BOOL : integers);
    if (!fits) {
      throw new IllegalArgumentException("a column of " + type.name() + " that should be " + known);
    }
    return known;
  }

  private static void set(Reflections.Builder b, ReflectionKey<?> key, ReflectionColumn column) {
    if (key.array() == double[].class) {
      b.set(as(key, double[].class), doubles(column));
    } else if (key.array() == int[].class) {
      b.set(as(key, int[].class), ints(key.name(), column));
    } else if (key.array() == long[].class) {
      b.set(as(key, long[].class), longs(column));
    } else if (key.array() == boolean[].class) {
      b.set(as(key, boolean[].class), booleans(column));
    } else {
      b.set(as(key, Shoeboxes.class), shoeboxes(column));
    }
  }

  private static <A> ReflectionKey<A> as(ReflectionKey<?> key, Class<A> array) {
    return new ReflectionKey<>(key.name(), array, key.components(), key.unit());
  }

  private static double[] doubles(ReflectionColumn c) {
    double[] out = new double[c.rows() * c.type().components()];
    c.bytes().asDoubleBuffer().get(out);
    return out;
  }

  private static long[] longs(ReflectionColumn c) {
    int n = c.type().components();
    long[] out = new long[c.rows() * n];
    for (int i = 0; i < out.length; i++) {
      out[i] = c.integer(i / n, i % n);
    }
    return out;
  }

  private static int[] ints(String name, ReflectionColumn c) {
    int n = c.type().components();
    int[] out = new int[c.rows() * n];
    if (c.type().element() == Element.INT) {
      c.bytes().asIntBuffer().get(out);
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = toInt(name, i / n, c.integer(i / n, i % n));
    }
    return out;
  }

  private static int toInt(String name, int row, long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "column " + name + ", row " + row + ": " + value + " is beyond ±2³¹");
    }
    return (int) value;
  }

  private static boolean[] booleans(ReflectionColumn c) {
    boolean[] out = new boolean[c.rows()];
    for (int i = 0; i < out.length; i++) {
      out[i] = c.integer(i) != 0;
    }
    return out;
  }

  private static Shoeboxes shoeboxes(ReflectionColumn c) {
    return Shoeboxes.ofPacked(c.bytes(), c.rows());
  }

  static ReflectionTable table(Reflections reflections) {
    Map<Long, String> identifiers = new HashMap<>();
    reflections.identifiers().forEach((id, text) -> identifiers.put((long) id, text));
    Map<String, ReflectionColumn> columns = new HashMap<>();
    for (ReflectionKey<?> key : reflections.keys()) {
      columns.put(key.name(), column(key, reflections.get(key)));
    }
    return ReflectionTable.of(reflections.size(), identifiers, columns);
  }

  private static ReflectionColumn column(ReflectionKey<?> key, Object array) {
    int n = key.components();
    if (array instanceof double[] d && REALS.containsKey(n)) {
      return ReflectionColumn.ofDoubles(REALS.get(n), d);
    } else if (array instanceof int[] i && n == 1 && UNSIGNED.contains(key.name())) {
      return ReflectionColumn.ofIntegers(ColumnType.SIZE_T, widen(i));
    } else if (array instanceof int[] i && INTEGERS.containsKey(n)) {
      return ReflectionColumn.ofIntegers(INTEGERS.get(n), widen(i));
    } else if (array instanceof long[] l && n == 1) {
      return ReflectionColumn.ofIntegers(ColumnType.SIZE_T, l);
    } else if (array instanceof boolean[] z && n == 1) {
      long[] bits = new long[z.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = z[i] ? 1 : 0;
      }
      return ReflectionColumn.ofIntegers(ColumnType.BOOL, bits);
    } else if (array instanceof Shoeboxes s) {
      return shoeboxes(s);
    }
    throw new IllegalArgumentException("a .refl file has no columns of the kind " + key);
  }

  private static long[] widen(int[] numbers) {
    long[] out = new long[numbers.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers[i];
    }
    return out;
  }

  private static ReflectionColumn shoeboxes(Shoeboxes s) {
    List<ReflectionColumn> parts = new ArrayList<>();
    for (ByteBuffer rows : s.packed()) {
      IntArrayList ends = new IntArrayList();
      for (int at = 0; at < rows.limit(); at = ends.getInt(ends.size() - 1)) {
        ends.add(at + Shoebox.length(rows, at));
      }
      parts.add(ReflectionColumn.ofBytes(ColumnType.SHOEBOX, rows, ends.toIntArray()));
    }
    return parts.size() == 1 ? parts.get(0) : ReflectionColumn.concatenate(parts);
  }
}
