package org.mdx.cli.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mdx.io.volume.MapFormat;
import org.mdx.io.volume.MapFormats;
import org.mdx.io.volume.TableFormat;
import org.mdx.io.volume.TableFormats;

/** The formats that {@code export} and {@code convert} write: of maps, of tables, or of either. */
enum ExportFormat {
  MTZ,
  CSV,
  HKL,
  CCP4,
  NPY,
  VTI,
  VTK,
  NXDATA,
  LAT,
  MEERKAT,
  YELL,
  MDX2,
  PNG;

  /** The format of maps; empty if it has none. */
  Optional<MapFormat> map() {
    return MapFormats.named(name().toLowerCase(Locale.ROOT));
  }

  /** The format of tables; empty if it has none. */
  Optional<TableFormat> table() {
    return TableFormats.named(name().toLowerCase(Locale.ROOT));
  }

  /** The format that a file name asks for; empty if its extension is none of them. */
  static Optional<ExportFormat> ofName(Path path) {
    if (String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".png")) {
      return Optional.of(PNG);
    }
    return MapFormats.ofName(path)
        .map(MapFormat::name)
        .or(() -> TableFormats.ofName(path).map(TableFormat::name))
        .map(name -> valueOf(name.toUpperCase(Locale.ROOT)));
  }
}
