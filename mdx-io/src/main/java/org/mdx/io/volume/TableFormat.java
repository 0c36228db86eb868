package org.mdx.io.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.MdxFormatException;

/**
 * A format of tables; a service found by {@link java.util.ServiceLoader}, so that a program that
 * embeds mdx can add its own. {@link TableFormats} finds the one of a file.
 */
public interface TableFormat {

  /**
   * Its name on the command line.
   *
   * @return lower-case letters and digits, such as {@code mtz}
   */
  String name();

  /**
   * Its name in messages.
   *
   * @return such as {@code MTZ}
   */
  String title();

  /**
   * Endings of file names that ask for this format. Where several formats fit a name, the longest
   * ending decides.
   *
   * @return lower case, without the dot
   */
  List<String> extensions();

  /**
   * Whether a file is of this format, by its content.
   *
   * @param file an existing file
   * @return true if {@link #read} is to be asked
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file is damaged
   */
  boolean recognizes(Path file) throws IOException;

  /**
   * Reads a table.
   *
   * @param file a file that this format recognizes
   * @return the table with what the file says of cell and space group
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file is damaged
   */
  TableFile read(Path file) throws IOException;

  /**
   * Writes a table.
   *
   * @param path the file, which appears whole or not at all
   * @param file the table
   * @param intensity the column to write where a format holds one column only
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the format needs a cell and there is none
   */
  void write(Path path, TableFile file, String intensity) throws IOException;
}
