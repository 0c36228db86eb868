package org.mdx.io.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.TableFile;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Reads and writes lines {@code h k l I sigma}, fractional h, k, l, rows without intensity left
 * out. Lines that begin with {@code #} tell subdivision, cell and space group.
 */
public final class HklText {
  private HklText() {}

  /**
   * Writes an intensity with its standard deviation.
   *
   * @param path the file, which appears whole or not at all
   * @param file the table
   * @param intensity name of the column
   * @param sigma name of the column with its standard deviation; if the table has none, 1 is
   *     written
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is no such intensity
   */
  public static void write(Path path, TableFile file, String intensity, String sigma)
      throws IOException {
    HKLTable t = file.table();
    Column value = t.column(intensity);
    Column error = t.has(sigma) ? t.column(sigma) : null;
    AtomicFile.write(
        path,
        out -> {
          RowWriter rows = new RowWriter(out, ' ');
          rows.text("# h k l " + intensity + " " + (error == null ? "1" : sigma)).end();
          rows.text(format("# ndiv %d %d %d", t.ndiv().h(), t.ndiv().k(), t.ndiv().l())).end();
          if (file.symmetry().cell().isPresent()) {
            rows.text("# cell " + numbers(file.symmetry().cell().get())).end();
          }
          if (file.symmetry().spaceGroup().isPresent()) {
            rows.text("# hall " + file.symmetry().spaceGroup().get().hall()).end();
          }
          for (int i = 0; i < t.rows(); i++) {
            if (!Double.isNaN(value.get(i))) {
              rows.indices(t, i).value(value, i);
              if (error == null) {
                rows.text("1");
              } else {
                rows.value(error, i);
              }
              rows.end();
            }
          }
          rows.finish();
        });
  }

  private static String numbers(UnitCell c) {
    return c.a() + " " + c.b() + " " + c.c() + " " + c.alpha() + " " + c.beta() + " " + c.gamma();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /**
   * Whether a file looks like such lines.
   *
   * @param path the file
   * @return true if its first line is ours, or four or more numbers
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    String line = RowReader.firstLine(path).strip();
    return line.startsWith("# h k l ")
        || line.matches("([-+0-9.eE]{1,30}\\s+){3,7}[-+0-9.eE]{1,30}");
  }

  /**
   * Reads lines of four or five numbers; what stands behind them is ignored.
   *
   * @param path the file
   * @return a table with {@code intensity} and, if there is a fifth number, {@code
   *     intensity_error}; the subdivision of the file, or the smallest that fits
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged or another kind of text
   */
  public static TableFile read(Path path) throws IOException {
    try (RowReader in = RowReader.open(path)) {
      RowColumns columns = null;
      for (String line = in.next(); line != null; line = in.next()) {
        String s = line.strip();
        if (s.startsWith("#")) {
          in.comment(s.substring(1).strip());
        } else if (!s.isEmpty()) {
          String[] cells = s.split("\\s+");
          if (columns == null) {
            columns = new RowColumns(Math.min(5, cells.length));
          }
          if (cells.length < columns.count() || cells.length < 4) {
            throw in.error("h k l I sigma", line);
          }
          columns.add(in, cells);
        }
      }
      if (columns == null) {
        throw in.error("lines h k l I sigma", "none");
      }
      HKLTable t =
          columns.table(path, in.subdivision()).with(ColumnNames.INTENSITY, columns.floats(3));
      if (columns.count() == 5) {
        t = t.with(ColumnNames.INTENSITY_ERROR, columns.floats(4));
      }
      return new TableFile(t, in.symmetry());
    }
  }
}
