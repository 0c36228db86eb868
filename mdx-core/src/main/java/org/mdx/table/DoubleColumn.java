package org.mdx.table;

import java.util.Arrays;

/** A column of {@code double} values. */
public final class DoubleColumn implements Column {
  private final double[] values;

  private DoubleColumn(double[] values) {
    this.values = values;
  }

  /**
   * A column.
   *
   * @param values copied
   * @return the column
   */
  public static DoubleColumn of(double... values) {
    return new DoubleColumn(values.clone());
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
  public double value(int row) {
    return values[row];
  }

  @Override
  public double[] toArray() {
    return values.clone();
  }

  @Override
  public DoubleColumn select(int[] rows) {
    double[] out = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = values[rows[i]];
    }
    return new DoubleColumn(out);
  }

  @Override
  public DoubleColumn concatenate(Iterable<Column> others) {
    int n = values.length;
    for (Column c : others) {
      if (!(c instanceof DoubleColumn)) {
        throw new IllegalArgumentException(
            "cannot join a double column and a " + c.getClass().getSimpleName());
      }
      n = Math.addExact(n, c.size());
    }
    double[] out = Arrays.copyOf(values, n);
    int at = values.length;
    for (Column c : others) {
      System.arraycopy(((DoubleColumn) c).values, 0, out, at, c.size());
      at += c.size();
    }
    return new DoubleColumn(out);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DoubleColumn c && Arrays.equals(values, c.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Text.of(this, "double");
  }
}
