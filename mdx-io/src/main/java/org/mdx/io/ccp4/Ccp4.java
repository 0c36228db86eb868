package org.mdx.io.ccp4;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mdx.io.InputFile;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.Sidecar;

/**
 * Reads and writes CCP4/MRC maps, mode 2. Columns, rows and sections are h, k and l; NSTART is the
 * index of the first voxel; the cell is as large as the box of the map, its angles are the
 * reciprocal ones, and its lengths are in units of 0.01 Å⁻¹ ({@link #UNITS_PER_INVERSE_ANGSTROM}),
 * because many programs take a cell of less than 1 for none.
 */
public final class Ccp4 {
  /** Header lengths are reciprocal lengths in Å⁻¹ times this. */
  public static final double UNITS_PER_INVERSE_ANGSTROM = 100;

  private Ccp4() {}

  /**
   * Whether a file looks like a CCP4 or MRC map.
   *
   * @param path the file
   * @return true if it has the word {@code MAP} in its place
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    byte[] head = InputFile.head(path, 212);
    return head.length == 212
        && new String(head, 208, 4, StandardCharsets.ISO_8859_1).strip().equals("MAP");
  }

  /**
   * Writes a map, and beside it a description with {@code .json} appended to its name.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map; its cell must be known
   * @param missing written where nothing was measured; NaN to say so
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is no cell
   */
  public static void write(Path path, MapFile file, float missing) throws IOException {
    Ccp4Writer.write(path, file, missing);
    Sidecar.of(file, missing).write(path);
  }

  /**
   * Reads a map of mode 0, 1, 2 or 6 in either byte order and with any order of axes. Where neither
   * a description nor labels of ours say more, the subdivision is 1 and no cell is known.
   *
   * @param path the file
   * @return the map
   * @throws IOException if the file does not exist or cannot be read
   * @throws org.mdx.io.MdxFormatException if it is damaged or no such map
   */
  public static MapFile read(Path path) throws IOException {
    try (InputFile in = InputFile.open(path)) {
      return Ccp4Reader.read(path, in);
    }
  }
}
