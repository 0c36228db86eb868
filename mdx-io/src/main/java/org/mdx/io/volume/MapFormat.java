package org.mdx.io.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.io.MdxFormatException;

/**
 * A format of dense maps; a service found by {@link java.util.ServiceLoader}, so that a program
 * that embeds mdx can add its own. {@link MapFormats} finds the one of a file.
 */
public interface MapFormat {

  /**
   * Its name on the command line.
   *
   * @return lower-case letters and digits, such as {@code ccp4}
   */
  String name();

  /**
   * Its name in messages.
   *
   * @return such as {@code CCP4/MRC}
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
   * @return true if {@link #read} is to be asked; false always if the format is only written
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file is damaged
   */
  boolean recognizes(Path file) throws IOException;

  /**
   * Whether files of this format can be read at all.
   *
   * @return false if the format is only written
   */
  default boolean isRead() {
    return true;
  }

  /**
   * Reads a map.
   *
   * @param file a file that this format recognizes
   * @param known cell and space group that are known beside the file, for formats without a cell
   * @return the map with what the file says of cell and space group
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if the file is damaged
   * @throws IllegalArgumentException if the format needs a cell and there is none, or it is only
   *     written
   */
  MapFile read(Path file, CrystalSymmetry known) throws IOException;

  /**
   * Writes a map.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map
   * @param missing written where nothing was measured, in CCP4, NPY and VTK ImageData; NaN to say
   *     so. The other formats have a way of their own
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the format needs a cell and there is none
   */
  void write(Path path, MapFile file, float missing) throws IOException;
}
