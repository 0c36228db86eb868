package org.mdx.io.text;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.nio.file.Path;
import org.mdx.io.MdxFormatException;
import org.mdx.table.Column;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Columns of numbers that grow line by line, h, k and l first. */
final class RowColumns {
  private static final int FINEST = 1000;
  private static final double TOLERANCE = 2e-3;
  private static final int LARGEST_INDEX = 1 << 26;

  private final DoubleArrayList[] columns;

  RowColumns(int count) {
    columns = new DoubleArrayList[count];
    for (int c = 0; c < count; c++) {
      columns[c] = new DoubleArrayList();
    }
  }

  int count() {
    return columns.length;
  }

  void add(RowReader in, String[] cells) {
    for (int c = 0; c < columns.length; c++) {
      columns[c].add(in.number(cells[c]));
    }
  }

  /** The indices as a table, subdivided as told or, if that is null, as coarsely as can be. */
  HKLTable table(Path path, Subdivision told) {
    Subdivision n =
        told != null
            ? told
            : new Subdivision(divisions(path, 0), divisions(path, 1), divisions(path, 2));
    return HKLTable.of(n, index(path, 0, n.h()), index(path, 1, n.k()), index(path, 2, n.l()));
  }

  /** The smallest n with which all values are multiples of 1/n. */
  private int divisions(Path path, int c) {
    int n = 1;
    for (int i = 0; i < columns[c].size(); i++) {
      double v = columns[c].getDouble(i);
      if (!whole(v * n)) {
        n = finer(v, n);
        if (n < 0) {
          throw error(path, c, i, "multiples of 1/n, n up to " + FINEST);
        }
      }
    }
    return n;
  }

  /** The smallest multiple of n with which v is whole; −1 if there is none. */
  private static int finer(double v, int n) {
    for (int m = 2 * n; m <= FINEST; m += n) {
      if (whole(v * m)) {
        return m;
      }
    }
    return -1;
  }

  private static boolean whole(double v) {
    return Math.abs(v - Math.rint(v)) <= TOLERANCE;
  }

  private IntColumn index(Path path, int c, int n) {
    int[] out = new int[columns[c].size()];
    for (int i = 0; i < out.length; i++) {
      double v = columns[c].getDouble(i) * n;
      if (!(Math.abs(v - Math.rint(v)) <= 0.1 && Math.abs(v) <= LARGEST_INDEX)) {
        throw error(path, c, i, "multiples of 1/" + n);
      }
      out[i] = (int) Math.rint(v);
    }
    return IntColumn.of(out);
  }

  private MdxFormatException error(Path path, int c, int row, String expected) {
    return new MdxFormatException(
        path,
        "row " + row + ", " + "hkl".charAt(c),
        expected,
        String.valueOf(columns[c].getDouble(row)),
        "");
  }

  FloatColumn floats(int c) {
    float[] v = new float[columns[c].size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) columns[c].getDouble(i);
    }
    return FloatColumn.of(v);
  }

  /** Integer if all values are. */
  Column column(int c) {
    int[] v = new int[columns[c].size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = (int) columns[c].getDouble(i);
      if (v[i] != columns[c].getDouble(i)) {
        return DoubleColumn.of(columns[c].toDoubleArray());
      }
    }
    return IntColumn.of(v);
  }
}
