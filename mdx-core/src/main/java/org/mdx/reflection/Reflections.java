package org.mdx.reflection;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Bragg reflections: columns under typed keys, and the identifiers of the experiments that the
 * numbers in the column {@code id} stand for. The components of a row are adjacent. Immutable:
 * arrays are copied on the way in and out.
 */
public final class Reflections {
  private record Column(ReflectionKey<?> key, Object array) {}

  private final int size;
  private final SortedMap<String, Column> columns;
  private final SortedMap<Integer, String> identifiers;

  private Reflections(int size, Map<String, Column> columns, Map<Integer, String> identifiers) {
    this.size = size;
    this.columns = new TreeMap<>(columns);
    this.identifiers = Collections.unmodifiableSortedMap(new TreeMap<>(identifiers));
  }

  /**
   * Begins a table.
   *
   * @param size number of reflections, 0 or more
   * @return a builder without columns
   * @throws IllegalArgumentException if the size is negative
   */
  public static Builder builder(int size) {
    return new Builder(size);
  }

  /** Collects columns. */
  public static final class Builder {
    private final int size;
    private final Map<String, Column> columns = new TreeMap<>();
    private Map<Integer, String> identifiers = Map.of();

    private Builder(int size) {
      if (size < 0) {
        throw new IllegalArgumentException(size + " reflections");
      }
      this.size = size;
    }

    /**
     * Sets a column.
     *
     * @param <A> the array
     * @param key what it is
     * @param array its numbers, row by row; copied
     * @return this
     * @throws IllegalArgumentException if the number of rows is another
     */
    public <A> Builder set(ReflectionKey<A> key, A array) {
      columns.put(key.name(), column(size, key, array));
      return this;
    }

    /**
     * Sets the identifiers of the experiments.
     *
     * @param byId identifier of each id
     * @return this
     * @throws IllegalArgumentException if an id is negative
     */
    public Builder identifiers(Map<Integer, String> byId) {
      identifiers = requireIds(byId);
      return this;
    }

    /**
     * The table.
     *
     * @return reflections
     */
    public Reflections build() {
      return new Reflections(size, columns, identifiers);
    }
  }

  private static Column column(int size, ReflectionKey<?> key, Object array) {
    int rows = ColumnArrays.rows(key, array);
    if (rows != size) {
      throw new IllegalArgumentException(
          "column " + key.name() + " has " + rows + " rows, the table has " + size);
    }
    return new Column(key, ColumnArrays.copy(key, array));
  }

  private static Map<Integer, String> requireIds(Map<Integer, String> byId) {
    byId.forEach(
        (id, text) -> {
          if (id < 0) {
            throw new IllegalArgumentException("id " + id + " for " + text + "; ids count from 0");
          }
        });
    return Map.copyOf(byId);
  }

  /**
   * Number of reflections.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * Whether there is a column.
   *
   * @param key its key
   * @return true if there is one of that name
   */
  public boolean has(ReflectionKey<?> key) {
    return columns.containsKey(key.name());
  }

  /**
   * The columns.
   *
   * @return their keys, in the order of names
   */
  public Set<ReflectionKey<?>> keys() {
    Set<ReflectionKey<?>> keys = new LinkedHashSet<>();
    columns.values().forEach(c -> keys.add(c.key()));
    return Collections.unmodifiableSet(keys);
  }

  /**
   * A column.
   *
   * @param <A> the array
   * @param key its key
   * @return a copy, row by row
   * @throws IllegalArgumentException if there is none of the name, or it holds something else
   */
  public <A> A get(ReflectionKey<A> key) {
    return key.array().cast(ColumnArrays.copy(key, array(key)));
  }

  /** The array itself, not to be changed. */
  private <A> A array(ReflectionKey<A> key) {
    Column column = columns.get(key.name());
    if (column == null) {
      throw new IllegalArgumentException(
          "the reflections have no column " + key.name() + ", only " + columns.keySet());
    }
    if (!column.key().holdsAs(key)) {
      throw new IllegalArgumentException(
          "the column is " + column.key() + ", it was asked for as " + key);
    }
    return key.array().cast(column.array());
  }

  /**
   * A real number.
   *
   * @param key a column
   * @param row the row
   * @param component which of its numbers, from 0
   * @return the number
   * @throws IllegalArgumentException if there is no such column
   * @throws IndexOutOfBoundsException if there is no such row or component
   */
  public double value(ReflectionKey<double[]> key, int row, int component) {
    return array(key)[index(key, row, component)];
  }

  /**
   * An integer.
   *
   * @param key a column
   * @param row the row
   * @param component which of its numbers, from 0
   * @return the number
   * @throws IllegalArgumentException if there is no such column
   * @throws IndexOutOfBoundsException if there is no such row or component
   */
  public int integer(ReflectionKey<int[]> key, int row, int component) {
    return array(key)[index(key, row, component)];
  }

  private int index(ReflectionKey<?> key, int row, int component) {
    return Objects.checkIndex(row, size) * key.components()
        + Objects.checkIndex(component, key.components());
  }

  /**
   * The flags of a reflection.
   *
   * @param row the row
   * @return bits of {@link ReflectionFlag}
   * @throws IllegalArgumentException if there is no column of flags
   */
  public long flags(int row) {
    return array(ReflectionKeys.FLAGS)[Objects.checkIndex(row, size)];
  }

  /**
   * Whether a reflection has a flag; of a flag of several bits any bit will do.
   *
   * @param row the row
   * @param flag the flag
   * @return true if it has
   * @throws IllegalArgumentException if there is no column of flags
   */
  public boolean isSet(int row, ReflectionFlag flag) {
    return flag.isSet(flags(row));
  }

  /**
   * The table with a column more, or with another one of the name.
   *
   * @param <A> the array
   * @param key what it is
   * @param array its numbers, row by row; copied
   * @return new reflections
   * @throws IllegalArgumentException if the number of rows is another
   */
  public <A> Reflections with(ReflectionKey<A> key, A array) {
    Map<String, Column> more = new TreeMap<>(columns);
    more.put(key.name(), column(size, key, array));
    return new Reflections(size, more, identifiers);
  }

  /**
   * The table without some columns.
   *
   * @param keys columns; those that are not there are ignored
   * @return new reflections
   */
  public Reflections without(ReflectionKey<?>... keys) {
    Map<String, Column> fewer = new TreeMap<>(columns);
    for (ReflectionKey<?> key : keys) {
      fewer.remove(key.name());
    }
    return new Reflections(size, fewer, identifiers);
  }

  /**
   * Some of the reflections. The identifiers stay.
   *
   * @param rows their numbers, in the order wanted
   * @return new reflections
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Reflections select(int... rows) {
    for (int row : rows) {
      Objects.checkIndex(row, size);
    }
    Map<String, Column> selected = new TreeMap<>();
    columns.forEach(
        (name, c) ->
            selected.put(name, new Column(c.key(), ColumnArrays.select(c.key(), c.array(), rows))));
    return new Reflections(rows.length, selected, identifiers);
  }

  /**
   * The reflections that fulfil a condition.
   *
   * @param condition tells by the row
   * @return new reflections, in their order
   */
  public Reflections where(IntPredicate condition) {
    int[] rows = IntStream.range(0, size).filter(condition).toArray();
    return rows.length == size ? this : select(rows);
  }

  /**
   * Tables one below the other. A column that some of them lack is filled with zeros there. Ids are
   * not changed.
   *
   * @param tables at least one
   * @return new reflections
   * @throws IllegalArgumentException if there is no table, a column holds different things, or an
   *     id stands for different experiments
   */
  public static Reflections concatenate(List<Reflections> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no tables of reflections to concatenate");
    }
    if (tables.size() == 1) {
      return tables.get(0);
    }
    SortedMap<String, ReflectionKey<?>> keys = new TreeMap<>();
    SortedMap<Integer, String> identifiers = new TreeMap<>();
    for (Reflections t : tables) {
      t.columns.forEach((name, c) -> requireSame(keys, c.key()));
      t.identifiers.forEach((id, text) -> requireSame(identifiers, id, text));
    }
    Map<String, Column> columns = new TreeMap<>();
    keys.forEach(
        (name, key) ->
            columns.put(
                name,
                new Column(
                    key,
                    ColumnArrays.concatenate(
                        key, tables.stream().map(t -> t.arrayOrZeros(key)).toList()))));
    int size = tables.stream().mapToInt(Reflections::size).reduce(0, Math::addExact);
    return new Reflections(size, columns, identifiers);
  }

  private Object arrayOrZeros(ReflectionKey<?> key) {
    return has(key) ? columns.get(key.name()).array() : ColumnArrays.zeros(key, size);
  }

  private static void requireSame(Map<String, ReflectionKey<?>> known, ReflectionKey<?> key) {
    ReflectionKey<?> before = known.putIfAbsent(key.name(), key);
    if (before != null && !before.holdsAs(key)) {
      throw new IllegalArgumentException(
          "a column is " + before + " in one table and " + key + " in another");
    }
  }

  private static void requireSame(Map<Integer, String> known, int id, String text) {
    String before = known.putIfAbsent(id, text);
    if (before != null && !before.equals(text)) {
      throw new IllegalArgumentException(
          "id " + id + " is " + before + " in one table and " + text + " in another");
    }
  }

  /**
   * The experiments that the ids stand for.
   *
   * @return identifiers by id, in order; may be empty
   */
  public SortedMap<Integer, String> identifiers() {
    return identifiers;
  }

  /**
   * The table with other experiments behind its ids.
   *
   * @param byId identifier of each id
   * @return new reflections
   * @throws IllegalArgumentException if an id is negative
   */
  public Reflections withIdentifiers(Map<Integer, String> byId) {
    return new Reflections(size, columns, requireIds(byId));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Reflections r
        && size == r.size
        && identifiers.equals(r.identifiers)
        && columns.keySet().equals(r.columns.keySet())
        && columns.entrySet().stream().allMatch(e -> same(e.getValue(), r.columns.get(e.getKey())));
  }

  private static boolean same(Column a, Column b) {
    return a.key().holdsAs(b.key())
        && Arrays.deepEquals(new Object[] {a.array()}, new Object[] {b.array()});
  }

  @Override
  public int hashCode() {
    return Objects.hash(size, identifiers, columns.keySet());
  }

  /** Number of reflections, how many are indexed, and the names of the columns. */
  @Override
  public String toString() {
    String indexed =
        has(ReflectionKeys.FLAGS)
            ? " ("
                + IntStream.range(0, size).filter(i -> isSet(i, ReflectionFlag.INDEXED)).count()
                + " indexed)"
            : "";
    return size + " reflections" + indexed + " with " + columns.keySet();
  }
}
