package org.mdx.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.mdx.table.Column;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * Rows of one sweep on their way between machines: an {@link HKLTable} in arrays that Java can
 * serialise. A column stands in the list of its type; its name tells which.
 *
 * @param sweep number of the sweep
 * @param ndiv voxels per unit of h, k and l
 * @param index H, K and L of each row
 * @param ints columns of whole numbers
 * @param floats columns of single precision
 * @param doubles columns of double precision
 * @param columns the names in order, each with the letter of its type in front: i, f, d
 */
record TablePart(
    int sweep,
    int[] ndiv,
    int[][] index,
    int[][] ints,
    float[][] floats,
    double[][] doubles,
    String[] columns)
    implements Serializable {

  static TablePart of(int sweep, HKLTable table) {
    List<int[]> ints = new ArrayList<>();
    List<float[]> floats = new ArrayList<>();
    List<double[]> doubles = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (String name : table.columnNames()) {
      Column column = table.column(name);
      if (column instanceof IntColumn i) {
        ints.add(i.toIntArray());
        columns.add("i" + name);
      } else if (column instanceof FloatColumn f) {
        floats.add(f.toFloatArray());
        columns.add("f" + name);
      } else {
        doubles.add(column.toArray());
        columns.add("d" + name);
      }
    }
    return new TablePart(
        sweep,
        new int[] {table.ndiv().h(), table.ndiv().k(), table.ndiv().l()},
        new int[][] {table.h().toIntArray(), table.k().toIntArray(), table.l().toIntArray()},
        ints.toArray(int[][]::new),
        floats.toArray(float[][]::new),
        doubles.toArray(double[][]::new),
        columns.toArray(String[]::new));
  }

  HKLTable toTable() {
    HKLTable table =
        HKLTable.of(
            new Subdivision(ndiv[0], ndiv[1], ndiv[2]),
            IntColumn.of(index[0]),
            IntColumn.of(index[1]),
            IntColumn.of(index[2]));
    int i = 0;
    int f = 0;
    int d = 0;
    for (String column : columns) {
      String name = column.substring(1);
      table =
          switch (column.charAt(0)) {
            case 'i' -> table.with(name, IntColumn.of(ints[i++]));
            case 'f' -> table.with(name, FloatColumn.of(floats[f++]));
            default -> table.with(name, DoubleColumn.of(doubles[d++]));
          };
    }
    return table;
  }

  int rows() {
    return index[0].length;
  }
}
