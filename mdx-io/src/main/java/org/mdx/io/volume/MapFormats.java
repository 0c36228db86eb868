package org.mdx.io.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mdx.io.MdxFormatException;

/**
 * Finds the format of a map: from its content when it is read, from its name when it is written.
 */
public final class MapFormats {
  private static final List<MapFormat> ALL = Services.all(MapFormat.class);

  private MapFormats() {}

  /**
   * All formats.
   *
   * @return the formats in the order in which they are asked
   */
  public static List<MapFormat> all() {
    return ALL;
  }

  /**
   * The format of a name on the command line.
   *
   * @param name such as {@code ccp4}
   * @return the format; empty if there is none of this name
   */
  public static Optional<MapFormat> named(String name) {
    return ALL.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /**
   * The format that a file name asks for.
   *
   * @param path the file to be written
   * @return the format; empty if the ending is none of a map
   */
  public static Optional<MapFormat> ofName(Path path) {
    return Services.ofName(path, ALL, MapFormat::extensions);
  }

  /**
   * The format of a file, from its content.
   *
   * @param path an existing file
   * @return the format; empty if it is none that is read
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged
   */
  public static Optional<MapFormat> of(Path path) throws IOException {
    for (MapFormat f : ALL) {
      if (f.recognizes(path)) {
        return Optional.of(f);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a map of any format.
   *
   * @param path the file
   * @param symmetry what is known of the crystal beside the file; it comes before what the file
   *     says
   * @return the map
   * @throws IOException if it does not exist or cannot be read
   * @throws MdxFormatException if it is damaged or of no known format
   * @throws IllegalArgumentException if the format needs a cell and there is none
   */
  public static MapFile read(Path path, CrystalSymmetry symmetry) throws IOException {
    MapFormat format = of(path).orElseThrow(() -> unknown(path));
    MapFile file = format.read(path, symmetry);
    return new MapFile(file.map(), symmetry.or(file.symmetry()));
  }

  private static MdxFormatException unknown(Path path) {
    String titles =
        ALL.stream()
            .filter(MapFormat::isRead)
            .map(MapFormat::title)
            .collect(Collectors.joining(", "));
    return new MdxFormatException(
        path, "", "a map in one of the formats " + titles, "another file", "");
  }
}
