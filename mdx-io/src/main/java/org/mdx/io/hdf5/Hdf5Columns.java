package org.mdx.io.hdf5;

import java.util.Objects;
import org.mdx.io.internal.hdf5.read.Box;
import org.mdx.io.internal.hdf5.read.Damage;
import org.mdx.io.internal.hdf5.read.DatasetReader;
import org.mdx.parallel.Parallel;

/** Columns of datasets of bytes, in which some formats keep texts. */
public final class Hdf5Columns {
  private Hdf5Columns() {}

  /**
   * One column of a dataset of bytes and rank 2.
   *
   * @param file the file
   * @param dataset where
   * @param column from 0
   * @return its bytes, from the first row to the last
   * @throws org.mdx.io.MdxFormatException if there is no such dataset or it is of another kind
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public static byte[] bytes(Hdf5File file, String dataset, int column) {
    DatasetReader r = file.reader(dataset);
    int[] shape = r.shape();
    if (shape.length != 2 || r.info().type.bytes() != 1 || !r.info().type.isInteger()) {
      throw file.error(
          dataset, "bytes in rows and columns", r.info().type + " of rank " + shape.length, "");
    }
    Objects.checkIndex(column, shape[1]);
    return Damage.guard(
        file.path(),
        dataset,
        () -> {
          r.requireStored();
          byte[] out = new byte[shape[0]];
          r.readBox(
              new Box(new long[] {0, column}, new int[] {shape[0], 1}),
              Parallel.of(1),
              (from, at, index, count) -> from.get(at, out, index, count));
          return out;
        });
  }

  /**
   * Number of columns.
   *
   * @param file the file
   * @param dataset where
   * @return length of the last axis; 0 for a single value
   * @throws org.mdx.io.MdxFormatException if there is no such dataset
   */
  public static int count(Hdf5File file, String dataset) {
    int[] shape = file.shape(dataset);
    return shape.length == 0 ? 0 : shape[shape.length - 1];
  }
}
