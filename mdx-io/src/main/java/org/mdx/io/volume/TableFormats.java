package org.mdx.io.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mdx.io.MdxFormatException;

/**
 * Finds the format of a table: from its content when it is read, from its name when it is written.
 */
public final class TableFormats {
  private static final List<TableFormat> ALL = Services.all(TableFormat.class);

  private TableFormats() {}

  /**
   * All formats.
   *
   * @return the formats in the order in which they are asked
   */
  public static List<TableFormat> all() {
    return ALL;
  }

  /**
   * The format of a name on the command line.
   *
   * @param name such as {@code mtz}
   * @return the format; empty if there is none of this name
   */
  public static Optional<TableFormat> named(String name) {
    return ALL.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /**
   * The format that a file name asks for.
   *
   * @param path the file to be written
   * @return the format; empty if the ending is none of a table
   */
  public static Optional<TableFormat> ofName(Path path) {
    return Services.ofName(path, ALL, TableFormat::extensions);
  }

  /**
   * The format of a file, from its content.
   *
   * @param path an existing file
   * @return the format; empty if it is none that is read
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged
   */
  public static Optional<TableFormat> of(Path path) throws IOException {
    for (TableFormat f : ALL) {
      if (f.recognizes(path)) {
        return Optional.of(f);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a table of any format.
   *
   * @param path the file
   * @param symmetry what is known of the crystal beside the file; it comes before what the file
   *     says
   * @return the table
   * @throws IOException if it does not exist or cannot be read
   * @throws MdxFormatException if it is damaged or of no known format
   */
  public static TableFile read(Path path, CrystalSymmetry symmetry) throws IOException {
    TableFormat format = of(path).orElseThrow(() -> unknown(path));
    TableFile file = format.read(path);
    return new TableFile(file.table(), symmetry.or(file.symmetry()));
  }

  private static MdxFormatException unknown(Path path) {
    String titles = ALL.stream().map(TableFormat::title).collect(Collectors.joining(", "));
    return new MdxFormatException(
        path, "", "a table in one of the formats " + titles, "another file", "");
  }
}
