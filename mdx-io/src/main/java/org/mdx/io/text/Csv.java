package org.mdx.io.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.TableFile;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/**
 * Reads and writes tables as comma-separated values: a header {@code h,k,l,…} with the names of the
 * columns, one row for each of the table, fractional h, k, l with as many digits as tell their
 * double from any other, missing values empty.
 */
public final class Csv {
  private Csv() {}

  /**
   * Writes a table. Cell and space group are not part of it.
   *
   * @param path the file, which appears whole or not at all
   * @param table the rows, in their order
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, HKLTable table) throws IOException {
    List<String> names = new ArrayList<>(table.columnNames());
    List<Column> columns = names.stream().map(table::column).toList();
    AtomicFile.write(
        path,
        out -> {
          RowWriter rows = new RowWriter(out, ',');
          rows.text("h").text("k").text("l");
          for (String name : names) {
            rows.text(name.replaceAll("[,\"\\s]", "_"));
          }
          rows.end();
          for (int i = 0; i < table.rows(); i++) {
            rows.indices(table, i);
            for (Column c : columns) {
              rows.value(c, i);
            }
            rows.end();
          }
          rows.finish();
        });
  }

  /**
   * Whether a file looks like such a table.
   *
   * @param path the file
   * @return true if its first line begins {@code h,k,l,}
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return RowReader.firstLine(path).replace(" ", "").toLowerCase(Locale.ROOT).startsWith("h,k,l,");
  }

  /**
   * Reads a table. The subdivision is the smallest, up to 1000, with which all indices are whole.
   *
   * @param path the file
   * @return the table; columns of integers throughout are integer, others double
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged or another kind of text
   */
  public static TableFile read(Path path) throws IOException {
    try (RowReader in = RowReader.open(path)) {
      String header = in.next();
      List<String> names = new ArrayList<>();
      for (String name : String.valueOf(header).split(",", -1)) {
        names.add(name.strip());
      }
      if (names.size() < 4 || !String.join("", names.subList(0, 3)).equalsIgnoreCase("hkl")) {
        throw in.error("a header h,k,l,… with a column more", header);
      }
      RowColumns columns = new RowColumns(names.size());
      for (String line = in.next(); line != null; line = in.next()) {
        if (!line.isBlank()) {
          String[] cells = line.split(",", -1);
          if (cells.length != names.size()) {
            throw in.error(names.size() + " values", cells.length + ": " + line);
          }
          columns.add(in, cells);
        }
      }
      HKLTable t = columns.table(path, in.subdivision());
      for (int c = 3; c < names.size(); c++) {
        t = t.with(names.get(c), columns.column(c));
      }
      return new TableFile(t, CrystalSymmetry.NONE);
    }
  }
}
