package org.mdx.io.dials;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.Reflections;

/**
 * A table of reflections ({@code .refl}): columns by name, and the identifiers of the experiments
 * that the numbers in the column {@code id} stand for. A reflection of no experiment, such as one
 * that could not be indexed, has the id −1.
 */
public final class ReflectionTable {
  private final int rows;
  private final SortedMap<Long, String> identifiers;
  private final SortedMap<String, ReflectionColumn> columns;

  private ReflectionTable(
      int rows, Map<Long, String> identifiers, Map<String, ReflectionColumn> columns) {
    identifiers.forEach(ReflectionTable::requireId);
    this.rows = rows;
    this.identifiers = Collections.unmodifiableSortedMap(new TreeMap<>(identifiers));
    this.columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  /**
   * A table.
   *
   * @param rows number of reflections
   * @param identifiers identifier of the experiment of each id; may be empty
   * @param columns columns by name
   * @return the table
   * @throws IllegalArgumentException if a column has another number of rows, or an id is negative
   */
  public static ReflectionTable of(
      int rows, Map<Long, String> identifiers, Map<String, ReflectionColumn> columns) {
    columns.forEach((name, column) -> requireRows(rows, name, column));
    return new ReflectionTable(rows, identifiers, columns);
  }

  /**
   * The table in the form of a file. Columns that DIALS knows get the type that it gives them; of
   * others integers become {@code int}, {@code int6} or Miller indices by their number.
   *
   * @param reflections the reflections
   * @return a table of the same columns
   * @throws IllegalArgumentException if a column has no counterpart in a file
   */
  public static ReflectionTable of(Reflections reflections) {
    return ReflectionMapping.table(reflections);
  }

  /**
   * The reflections of the table. Columns of text and of types that are not known are left out.
   *
   * @return the same columns under typed keys
   * @throws IllegalArgumentException if a known column holds something else, or a number that its
   *     key cannot hold
   */
  public Reflections reflections() {
    return ReflectionMapping.reflections(this);
  }

  private static void requireId(long id, String identifier) {
    if (id < 0) {
      throw new IllegalArgumentException("id " + id + " for " + identifier + "; ids count from 0");
    }
  }

  private static void requireRows(int rows, String name, ReflectionColumn column) {
    if (column.rows() != rows) {
      throw new IllegalArgumentException(
          "column " + name + " has " + column.rows() + " rows, the table has " + rows);
    }
  }

  /**
   * Number of reflections.
   *
   * @return at least 0
   */
  public int rows() {
    return rows;
  }

  /**
   * The experiments that the ids stand for.
   *
   * @return identifiers by id, in order; empty in older files
   */
  public SortedMap<Long, String> identifiers() {
    return identifiers;
  }

  /**
   * All columns.
   *
   * @return columns by name, in the order of names
   */
  public SortedMap<String, ReflectionColumn> columns() {
    return columns;
  }

  /**
   * Whether there is a column.
   *
   * @param name its name
   * @return true if so
   */
  public boolean has(String name) {
    return columns.containsKey(name);
  }

  /**
   * A column.
   *
   * @param name its name
   * @return the column
   * @throws IllegalArgumentException if there is none
   */
  public ReflectionColumn column(String name) {
    ReflectionColumn column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "the table of reflections has no column " + name + ", only " + columns.keySet());
    }
    return column;
  }

  /**
   * A column that must be of a type.
   *
   * @param name its name
   * @param type its type
   * @return the column
   * @throws IllegalArgumentException if there is none, or one of another type
   */
  public ReflectionColumn column(String name, ColumnType type) {
    ReflectionColumn column = column(name);
    if (!column.type().equals(type)) {
      throw new IllegalArgumentException(
          "column " + name + " is of " + column.type().name() + ", not of " + type.name());
    }
    return column;
  }

  /**
   * The table with a column more, or with another one of the name.
   *
   * @param name name of the column
   * @param column its values
   * @return the table
   * @throws IllegalArgumentException if it has another number of rows
   */
  public ReflectionTable withColumn(String name, ReflectionColumn column) {
    requireRows(rows, name, column);
    Map<String, ReflectionColumn> more = new TreeMap<>(columns);
    more.put(name, column);
    return new ReflectionTable(rows, identifiers, more);
  }

  /**
   * The table without some columns.
   *
   * @param names their names; those that are not there are ignored
   * @return the table
   */
  public ReflectionTable without(Collection<String> names) {
    Map<String, ReflectionColumn> fewer = new TreeMap<>(columns);
    fewer.keySet().removeAll(names);
    return new ReflectionTable(rows, identifiers, fewer);
  }

  /**
   * The table with other experiments behind its ids.
   *
   * @param newIdentifiers identifier of the experiment of each id
   * @return the table
   */
  public ReflectionTable withIdentifiers(Map<Long, String> newIdentifiers) {
    return new ReflectionTable(rows, newIdentifiers, columns);
  }

  /**
   * Some of the reflections. The identifiers stay.
   *
   * @param which their rows, in the order wanted
   * @return a table of them
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public ReflectionTable select(int... which) {
    Map<String, ReflectionColumn> selected = new LinkedHashMap<>();
    columns.forEach((name, column) -> selected.put(name, column.select(which)));
    return new ReflectionTable(which.length, identifiers, selected);
  }

  /**
   * The reflections that fulfil a condition.
   *
   * @param condition tells by the row
   * @return a table of them, in their order
   */
  public ReflectionTable where(IntPredicate condition) {
    return select(IntStream.range(0, rows).filter(condition).toArray());
  }

  /**
   * The reflections that have all of some flags; of a flag of several bits any bit will do.
   *
   * @param flags the flags
   * @return a table of them, in their order
   * @throws IllegalArgumentException if there is no column {@code flags}
   */
  public ReflectionTable whereFlagged(ReflectionFlag... flags) {
    ReflectionColumn column = column("flags", ColumnType.SIZE_T);
    return where(row -> Arrays.stream(flags).allMatch(f -> f.isSet(column.integer(row))));
  }

  /**
   * The reflections that have none of some flags.
   *
   * @param flags the flags
   * @return a table of them, in their order
   * @throws IllegalArgumentException if there is no column {@code flags}
   */
  public ReflectionTable whereNotFlagged(ReflectionFlag... flags) {
    ReflectionColumn column = column("flags", ColumnType.SIZE_T);
    return where(row -> Arrays.stream(flags).noneMatch(f -> f.isSet(column.integer(row))));
  }

  /**
   * The reflections of some experiments, which are numbered anew in the order given; other
   * identifiers are left out.
   *
   * @param ids the experiments by their id
   * @return a table of them, sorted by the new id and else in their order
   * @throws IllegalArgumentException if there is no column {@code id}, or an id is given twice
   */
  public ReflectionTable whereExperiments(long... ids) {
    if (Arrays.stream(ids).distinct().count() != ids.length) {
      throw new IllegalArgumentException("an id is given twice in " + Arrays.toString(ids));
    }
    ReflectionColumn column = column("id", ColumnType.INT);
    int[] which =
        Arrays.stream(ids)
            .boxed()
            .flatMapToInt(id -> IntStream.range(0, rows).filter(r -> column.integer(r) == id))
            .toArray();
    Map<Long, Long> numbers = new TreeMap<>();
    SortedMap<Long, String> kept = new TreeMap<>();
    for (int i = 0; i < ids.length; i++) {
      numbers.put(ids[i], (long) i);
      if (identifiers.containsKey(ids[i])) {
        kept.put((long) i, identifiers.get(ids[i]));
      }
    }
    ReflectionTable selected = select(which).renumber("id", numbers);
    return selected.withIdentifiers(kept);
  }

  /** The table with other numbers in a column of integers; those without a new one stay. */
  ReflectionTable renumber(String name, Map<Long, Long> numbers) {
    ReflectionColumn column = column(name, ColumnType.INT);
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      long old = column.integer(i);
      values[i] = numbers.getOrDefault(old, old);
    }
    return withColumn(name, ReflectionColumn.ofIntegers(ColumnType.INT, values));
  }

  /**
   * Tables one below the other. A column that some of them lack is filled with zeros there. Ids are
   * not changed.
   *
   * @param tables at least one
   * @return one table of all
   * @throws IllegalArgumentException if a column is of different types, or an id stands for
   *     different experiments
   */
  public static ReflectionTable concatenate(List<ReflectionTable> tables) {
    SortedMap<String, ColumnType> types = new TreeMap<>();
    SortedMap<Long, String> identifiers = new TreeMap<>();
    for (ReflectionTable table : tables) {
      table.columns.forEach((name, column) -> requireSame("column ", types, name, column.type()));
      table.identifiers.forEach((id, text) -> requireSame("id ", identifiers, id, text));
    }
    Map<String, ReflectionColumn> columns = new TreeMap<>();
    types.forEach(
        (name, type) ->
            columns.put(
                name,
                ReflectionColumn.concatenate(
                    tables.stream()
                        .map(t -> t.has(name) ? t.column(name) : t.zeros(type))
                        .toList())));
    int rows = tables.stream().mapToInt(t -> t.rows).reduce(0, Math::addExact);
    return new ReflectionTable(rows, identifiers, columns);
  }

  private ReflectionColumn zeros(ColumnType type) {
    return ReflectionColumn.zeros(type, rows);
  }

  private static <K, V> void requireSame(String what, Map<K, V> known, K key, V value) {
    V before = known.putIfAbsent(key, value);
    if (before != null && !before.equals(value)) {
      throw new IllegalArgumentException(
          what + key + " is " + before + " in one table and " + value + " in another");
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ReflectionTable t
        && rows == t.rows
        && identifiers.equals(t.identifiers)
        && columns.equals(t.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rows, identifiers, columns);
  }

  @Override
  public String toString() {
    return rows + " reflections with " + columns.keySet();
  }
}
