package org.mdx.io.mtz;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.io.InputFile;
import org.mdx.io.volume.TableFile;

/**
 * Reads and writes MTZ files of a super-cell: cell lengths times ndiv, integer indices H = h·ndiv.
 *
 * <p>The space group of the header has the rotations of the crystal's, without translations and
 * centring: those hold for whole h, k, l only. Cell, subdivision and space group of the crystal
 * itself are in the history. All numbers are 32-bit floats, as the format has it; NaN means missing
 * ({@code VALM NAN}).
 */
public final class Mtz {
  private Mtz() {}

  /**
   * Whether a file looks like MTZ.
   *
   * @param path the file
   * @return true if it begins so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return InputFile.startsWith(path, "MTZ ");
  }

  /**
   * Writes a table.
   *
   * @param path the file, which appears whole or not at all
   * @param file the table, in any order; its cell must be known
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is no cell, or an index needs more than 24 bits
   */
  public static void write(Path path, TableFile file) throws IOException {
    new MtzWriter(file).write(path);
  }

  /**
   * Reads a table. Without a history of ours the subdivision is 1, and cell and space group are
   * those of the header.
   *
   * @param path the file
   * @return the table, with mdx's names for columns that mdx wrote
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged or no MTZ file
   */
  public static TableFile read(Path path) throws IOException {
    try (InputFile in = InputFile.open(path)) {
      return new MtzReader(path, in).read();
    }
  }
}
