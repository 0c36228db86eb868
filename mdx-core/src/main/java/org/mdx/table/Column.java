package org.mdx.table;

/** A named column's values. Immutable. */
public sealed interface Column permits IntColumn, FloatColumn, DoubleColumn {

  /**
   * Number of values.
   *
   * @return rows
   */
  int size();

  /**
   * One value, widened.
   *
   * @param row 0 to size − 1
   * @return the value
   */
  double get(int row);

  /**
   * All values, widened.
   *
   * @return a new array
   */
  double[] toArray();

  /**
   * The values of some rows.
   *
   * @param rows row numbers in the wanted order
   * @return a new column of the same type
   */
  Column select(int[] rows);

  /**
   * This column with others of the same type behind it.
   *
   * @param others the rest, in order
   * @return a new column
   * @throws IllegalArgumentException if the types differ
   */
  Column concatenate(Iterable<Column> others);
}
