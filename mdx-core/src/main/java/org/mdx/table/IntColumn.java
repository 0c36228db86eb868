package org.mdx.table;

import java.util.Arrays;

/** A column of {@code int} values. */
public final class IntColumn implements Column {
  private final int[] values;

  private IntColumn(int[] values) {
    this.values = values;
  }

  /**
   * A column.
   *
   * @param values copied
   * @return the column
   */
  public static IntColumn of(int... values) {
    return new IntColumn(values.clone());
  }

  /**
   * A column of values that have just been made, without a copy of them.
   *
   * @param values nobody else has them or changes them from now on
   * @return the column
   */
  public static IntColumn adopt(int[] values) {
    return new IntColumn(values);
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public double get(int row) {
    return values[row];
  }

  /**
   * One value.
   *
   * @param row 0 to size − 1
   * @return the value as stored
   */
  public int value(int row) {
    return values[row];
  }

  @Override
  public double[] toArray() {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /**
   * All values as stored.
   *
   * @return a new array
   */
  public int[] toIntArray() {
    return values.clone();
  }

  /** The values themselves, which must not be changed. */
  int[] array() {
    return values;
  }

  @Override
  public IntColumn select(int[] rows) {
    int[] out = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = values[rows[i]];
    }
    return new IntColumn(out);
  }

  @Override
  public IntColumn concatenate(Iterable<Column> others) {
    int n = values.length;
    for (Column c : others) {
      if (!(c instanceof IntColumn)) {
        throw new IllegalArgumentException(
            "cannot join a int column and a " + c.getClass().getSimpleName());
      }
      n = Math.addExact(n, c.size());
    }
    int[] out = Arrays.copyOf(values, n);
    int at = values.length;
    for (Column c : others) {
      System.arraycopy(((IntColumn) c).values, 0, out, at, c.size());
      at += c.size();
    }
    return new IntColumn(out);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IntColumn c && Arrays.equals(values, c.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Text.of(this, "int");
  }
}
