package org.mdx.cli.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mdx.io.export.MapFormat;
import org.mdx.io.export.TableFormat;

/** What {@code export} and {@code convert} write: a map, a table, or either. */
enum ExportFormat {
  MTZ(null, TableFormat.MTZ),
  CSV(null, TableFormat.CSV),
  HKL(null, TableFormat.HKL),
  CCP4(MapFormat.CCP4, null),
  NPY(MapFormat.NPY, null),
  VTI(MapFormat.VTI, null),
  VTK(MapFormat.VTK, null),
  NXDATA(MapFormat.NXDATA, null),
  LAT(MapFormat.LAT, null),
  MEERKAT(MapFormat.MEERKAT, null),
  YELL(MapFormat.YELL, null),
  MDX2(MapFormat.MDX2, TableFormat.MDX2),
  PNG(null, null);

  private final MapFormat map;
  private final TableFormat table;

  ExportFormat(MapFormat map, TableFormat table) {
    this.map = map;
    this.table = table;
  }

  /** The format of maps; empty if it has none. */
  Optional<MapFormat> map() {
    return Optional.ofNullable(map);
  }

  /** The format of tables; empty if it has none. */
  Optional<TableFormat> table() {
    return Optional.ofNullable(table);
  }

  /** The format that a file name asks for; empty if its extension is none of them. */
  static Optional<ExportFormat> ofName(Path path) {
    if (String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".png")) {
      return Optional.of(PNG);
    }
    Optional<MapFormat> m = MapFormat.ofName(path);
    Optional<TableFormat> t = TableFormat.ofName(path);
    for (ExportFormat f : values()) {
      if (m.isPresent() && f.map == m.get() || t.isPresent() && f.table == t.get()) {
        return Optional.of(f);
      }
    }
    return Optional.empty();
  }
}
