package org.mdx.spark;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Tables as rows of a data frame: sweep, row, H, K, L and the columns of the table. */
final class TableRows {
  private static final List<String> HEAD = List.of("sweep", "row", "H", "K", "L");

  private TableRows() {}

  /** The schema of the rows of tables with these columns. */
  static StructType schema(String... columns) {
    List<StructField> fields = new ArrayList<>();
    HEAD.forEach(name -> fields.add(field(name, DataTypes.IntegerType)));
    for (String column : columns) {
      fields.add(
          field(
              column.substring(1),
              switch (column.charAt(0)) {
                case 'i' -> DataTypes.IntegerType;
                case 'f' -> DataTypes.FloatType;
                default -> DataTypes.DoubleType;
              }));
    }
    return DataTypes.createStructType(fields);
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  /** The columns of a schema as {@link TablePart} names them. */
  static String[] columns(StructType schema) {
    List<String> names = new ArrayList<>();
    for (StructField f : schema.fields()) {
      if (!HEAD.contains(f.name())) {
        boolean isInt = f.dataType().equals(DataTypes.IntegerType);
        boolean isFloat = f.dataType().equals(DataTypes.FloatType);
        names.add((isInt ? "i" : isFloat ? "f" : "d") + f.name());
      }
    }
    return names.toArray(String[]::new);
  }

  /** The rows of a table, one after the other. */
  static Iterator<Row> of(TablePart part) {
    return IntStream.range(0, part.rows()).mapToObj(row -> row(part, row)).iterator();
  }

  private static Row row(TablePart part, int row) {
    Object[] values = new Object[HEAD.size() + part.columns().length];
    values[0] = part.sweep();
    values[1] = row;
    for (int axis = 0; axis < 3; axis++) {
      values[2 + axis] = part.index()[axis][row];
    }
    int i = 0;
    int f = 0;
    int d = 0;
    for (int c = 0; c < part.columns().length; c++) {
      values[HEAD.size() + c] =
          switch (part.columns()[c].charAt(0)) {
            case 'i' -> (Object) part.ints()[i++][row];
            case 'f' -> (Object) part.floats()[f++][row];
            default -> (Object) part.doubles()[d++][row];
          };
    }
    return RowFactory.create(values);
  }

  /** The table that rows make, in the order of their numbers. */
  static TablePart table(int sweep, int[] ndiv, String[] columns, Iterator<Row> rows) {
    IntArrayList numbers = new IntArrayList();
    IntArrayList[] index = {new IntArrayList(), new IntArrayList(), new IntArrayList()};
    List<IntArrayList> ints = new ArrayList<>();
    List<FloatArrayList> floats = new ArrayList<>();
    List<DoubleArrayList> doubles = new ArrayList<>();
    for (String column : columns) {
      switch (column.charAt(0)) {
        case 'i' -> ints.add(new IntArrayList());
        case 'f' -> floats.add(new FloatArrayList());
        default -> doubles.add(new DoubleArrayList());
      }
    }
    while (rows.hasNext()) {
      Row row = rows.next();
      numbers.add(row.getInt(row.fieldIndex("row")));
      for (int axis = 0; axis < 3; axis++) {
        index[axis].add(row.getInt(row.fieldIndex(HEAD.get(2 + axis))));
      }
      int i = 0;
      int f = 0;
      int d = 0;
      for (String column : columns) {
        int at = row.fieldIndex(column.substring(1));
        switch (column.charAt(0)) {
          case 'i' -> ints.get(i++).add(row.getInt(at));
          case 'f' -> floats.get(f++).add(row.getFloat(at));
          default -> doubles.get(d++).add(row.getDouble(at));
        }
      }
    }
    return inOrder(
        numbers,
        new TablePart(
            sweep,
            ndiv,
            new int[][] {index[0].toIntArray(), index[1].toIntArray(), index[2].toIntArray()},
            ints.stream().map(IntArrayList::toIntArray).toArray(int[][]::new),
            floats.stream().map(FloatArrayList::toFloatArray).toArray(float[][]::new),
            doubles.stream().map(DoubleArrayList::toDoubleArray).toArray(double[][]::new),
            columns));
  }

  /** Puts rows at the places that their numbers say; each number must be there once. */
  private static TablePart inOrder(IntArrayList numbers, TablePart part) {
    int[] from = new int[numbers.size()];
    Arrays.fill(from, -1);
    for (int i = 0; i < from.length; i++) {
      int row = numbers.getInt(i);
      if (row >= from.length || from[row] >= 0) {
        throw new IllegalStateException(
            "sweep " + part.sweep() + ": of " + from.length + " rows some are missing or twice");
      }
      from[row] = i;
    }
    return TablePart.of(part.sweep(), part.toTable().select(from));
  }
}
