package org.mdx.cli.figure;

import java.io.IOException;
import java.util.List;
import org.mdx.cli.file.ExportInput;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.Figure;
import org.mdx.figures.Quantity;
import org.mdx.figures.gallery.HaloAndRest;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.map.ReciprocalMap;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;

/** Planes of maps and tables. */
final class PlotMaps {
  private static final String ANISOTROPIC = "intensity_anisotropic";

  private PlotMaps() {}

  static List<Figure> plane(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.MAP);
    ExportInput file = volume(in, 0);
    MapFile map = file.map(in.column(), in.parallel());
    UnitCell cell = map.symmetry().requireCell("a picture");
    return List.of(in.from(MapFigures.plane(map.map(), in.axis(), in.at(), cell, null)));
  }

  static List<Figure> anisotropic(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.ANISOTROPIC);
    ExportInput file = volume(in, 0);
    ReciprocalMap map = anisotropic(file, in);
    UnitCell cell = file.symmetry().requireCell("a picture");
    Figure figure = MapFigures.plane(map, in.axis(), in.at(), cell, Quantity.SIGNED);
    return List.of(in.from(figure.title("intensity − isotropic average")));
  }

  /** A map or table; with --relative the table divided by its largest mean between reflections. */
  private static ExportInput volume(PlotInput in, int i) throws IOException {
    ExportInput file = in.volume(i);
    if (!in.more().relative()) {
      return file;
    }
    if (!file.isTable()) {
      throw new IllegalArgumentException(
          "--relative divides a merged table by a mean of it; "
              + in.files().get(i)
              + " is a map: give merged.nxs");
    }
    CrystalSymmetry symmetry = file.symmetry();
    SpaceGroup group =
        symmetry
            .spaceGroup()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--relative needs the space group; give a geometry.nxs or .expt with"
                            + " --geometry"));
    ShellStatistics statistics =
        ShellStatistics.of(symmetry.requireCell("a mean in shells"), group).parallel(in.parallel());
    HKLTable table = file.table(true).table();
    return file.with(
        HaloAndRest.of("", statistics, table, ShellOptions.defaults()).relative(table));
  }

  private static ReciprocalMap anisotropic(ExportInput file, PlotInput in) {
    if (!file.isTable()) {
      throw new IllegalArgumentException(
          "the isotropic average is that of a merged table; "
              + in.files().get(0)
              + " is a map: give merged.nxs");
    }
    CrystalSymmetry symmetry = file.symmetry();
    ShellStatistics statistics =
        ShellStatistics.of(symmetry.requireCell("an isotropic average")).parallel(in.parallel());
    HKLTable table = statistics.withAnisotropic(file.table(true).table(), ShellOptions.defaults());
    return file.with(table).map(ANISOTROPIC, in.parallel()).map();
  }

  static List<Figure> difference(PlotInput in) throws IOException {
    in.require(2, 2, PlotKind.DIFFERENCE);
    ExportInput first = volume(in, 0);
    ExportInput second = volume(in, 1);
    ReciprocalMap a = in.anisotropic() ? anisotropic(first, in) : map(first, in);
    ReciprocalMap b = in.anisotropic() ? anisotropic(second, in) : map(second, in);
    UnitCell cell = first.symmetry().requireCell("a picture");
    return List.of(in.from(MapFigures.difference(a, b, in.axis(), in.at(), cell)));
  }

  private static ReciprocalMap map(ExportInput file, PlotInput in) {
    return file.map(in.column(), in.parallel()).map();
  }
}
