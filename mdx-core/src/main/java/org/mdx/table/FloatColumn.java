package org.mdx.table;

import java.util.Arrays;

/** A column of {@code float} values. */
public final class FloatColumn implements Column {
  private final float[] values;

  private FloatColumn(float[] values) {
    this.values = values;
  }

  /**
   * A column.
   *
   * @param values copied
   * @return the column
   */
  public static FloatColumn of(float... values) {
    return new FloatColumn(values.clone());
  }

  /**
   * A column of values that have just been made, without a copy of them.
   *
   * @param values nobody else has them or changes them from now on
   * @return the column
   */
  public static FloatColumn adopt(float[] values) {
    return new FloatColumn(values);
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
  public float value(int row) {
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
  public float[] toFloatArray() {
    return values.clone();
  }

  @Override
  public FloatColumn select(int[] rows) {
    float[] out = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      out[i] = values[rows[i]];
    }
    return new FloatColumn(out);
  }

  @Override
  public FloatColumn concatenate(Iterable<Column> others) {
    int n = values.length;
    for (Column c : others) {
      if (!(c instanceof FloatColumn)) {
        throw new IllegalArgumentException(
            "cannot join a float column and a " + c.getClass().getSimpleName());
      }
      n = Math.addExact(n, c.size());
    }
    float[] out = Arrays.copyOf(values, n);
    int at = values.length;
    for (Column c : others) {
      System.arraycopy(((FloatColumn) c).values, 0, out, at, c.size());
      at += c.size();
    }
    return new FloatColumn(out);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FloatColumn c && Arrays.equals(values, c.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Text.of(this, "float");
  }
}
