package org.mdx.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.mtz.Mtz;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.text.Csv;
import org.mdx.io.text.HklText;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.TableFile;

/** Formats of tables. */
public enum TableFormat {
  /** mdx2's {@code merged.nxs} and its like. */
  MDX2("mdx2's NeXus", List.of("nxs")),
  /** CCP4's reflections. */
  MTZ("MTZ", List.of("mtz")),
  /** Comma-separated values. */
  CSV("CSV", List.of("csv")),
  /** Lines {@code h k l I sigma}. */
  HKL("h k l I sigma", List.of("hkl", "txt"));

  private final String title;
  private final List<String> extensions;

  TableFormat(String title, List<String> extensions) {
    this.title = title;
    this.extensions = extensions;
  }

  /**
   * What it is called.
   *
   * @return its name
   */
  public String title() {
    return title;
  }

  /**
   * The format that a file name asks for.
   *
   * @param path the file to be written
   * @return the format; empty if the extension is none of a table
   */
  public static Optional<TableFormat> ofName(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    for (TableFormat f : values()) {
      if (f.extensions.stream().anyMatch(e -> name.endsWith("." + e))) {
        return Optional.of(f);
      }
    }
    return Optional.empty();
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
    if (Hdf5File.recognizes(path)) {
      try (Hdf5File file = Hdf5File.open(path)) {
        return file.hasGroup("/entry/hkl_table") ? Optional.of(MDX2) : Optional.empty();
      }
    }
    if (Mtz.recognizes(path)) {
      return Optional.of(MTZ);
    }
    if (Csv.recognizes(path)) {
      return Optional.of(CSV);
    }
    return HklText.recognizes(path) ? Optional.of(HKL) : Optional.empty();
  }

  /**
   * Writes a table.
   *
   * @param path the file, which appears whole or not at all
   * @param file the table
   * @param intensity the column that {@link #HKL} writes; the others write all
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if the format needs a cell and there is none
   */
  public void write(Path path, TableFile file, String intensity) throws IOException {
    switch (this) {
      case MDX2 -> Mdx2.writeTable(path, file.table());
      case MTZ -> Mtz.write(path, file);
      case CSV -> Csv.write(path, file.table());
      case HKL -> HklText.write(path, file, intensity, intensity + "_error");
    }
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
    TableFormat format =
        of(path)
            .orElseThrow(
                () ->
                    new MdxFormatException(
                        path,
                        "",
                        "a table in one of the formats mdx2's NeXus, MTZ, CSV, h k l I sigma",
                        "another file",
                        ""));
    TableFile file =
        switch (format) {
          case MDX2 -> new TableFile(Mdx2.readTable(path), CrystalSymmetry.NONE);
          case MTZ -> Mtz.read(path);
          case CSV -> Csv.read(path);
          case HKL -> HklText.read(path);
        };
    return new TableFile(file.table(), symmetry.or(file.symmetry()));
  }
}
