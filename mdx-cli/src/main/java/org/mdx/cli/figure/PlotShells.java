package org.mdx.cli.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.figures.Figure;
import org.mdx.figures.gallery.HaloAndRest;
import org.mdx.figures.gallery.ShellFigures;
import org.mdx.figures.gallery.TableFigures;
import org.mdx.stats.CrossTable;
import org.mdx.stats.Halves;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.Voxels;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** Statistics of merged tables. */
final class PlotShells {
  private static final int MANY = 100;

  private PlotShells() {}

  static List<Figure> overview(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.SHELLS);
    HKLTable table = in.table(in.files().get(0));
    return List.of(in.from(ShellFigures.overview(in.statistics().compute(table, in.shells()))));
  }

  static List<Figure> statistics(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.STATISTICS);
    HKLTable table = in.table(in.files().get(0));
    ShellStatistics s = in.statistics();
    return List.of(
        in.from(
            ShellFigures.statistics(
                s.compute(table, in.shells()), s.compute(table, in.shells().voxels(Voxels.REST)))));
  }

  static List<Figure> halves(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.CC_HALF);
    HKLTable table = in.table(in.files().get(0));
    return List.of(in.from(ShellFigures.halves(in.statistics().compute(table, in.shells()))));
  }

  static List<Figure> isotropic(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.ISOTROPIC);
    HKLTable table = in.table(in.files().get(0));
    return List.of(
        in.from(
            ShellFigures.isotropic(
                in.statistics().isotropic(table, ColumnNames.INTENSITY, in.shells()))));
  }

  private static List<HaloAndRest> each(PlotInput in) throws IOException {
    ShellStatistics s = in.statistics();
    List<HKLTable> tables = new ArrayList<>();
    for (Path file : in.files()) {
      tables.add(in.table(file));
    }
    ShellOptions shared = s.sharedBy(in.shells(), tables);
    List<HaloAndRest> each = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      each.add(HaloAndRest.of(in.names().get(i), s, tables.get(i), shared));
    }
    return each;
  }

  static List<Figure> intensity(PlotInput in) throws IOException {
    in.require(1, MANY, PlotKind.INTENSITY);
    return List.of(in.from(ShellFigures.intensity(each(in))));
  }

  static List<Figure> redundancy(PlotInput in) throws IOException {
    in.require(2, MANY, PlotKind.REDUNDANCY);
    return List.of(in.from(ShellFigures.redundancy(each(in))));
  }

  static List<Figure> correlations(PlotInput in) throws IOException {
    in.require(1, 3, PlotKind.CORRELATIONS);
    if (in.files().size() == 2) {
      in.require(3, 3, PlotKind.CORRELATIONS);
    }
    ShellStatistics s = in.statistics();
    List<HKLTable> tables = new ArrayList<>();
    for (Path file : in.files()) {
      tables.add(in.table(file));
    }
    ShellOptions shells = s.sharedBy(in.shells(), tables);
    HaloAndRest random = HaloAndRest.of("all", s, tables.get(0), shells);
    Path mates = in.more().friedel();
    HaloAndRest friedel =
        mates == null
            ? null
            : HaloAndRest.of("Friedel", s, in.table(mates), shells.halves(Halves.FRIEDEL));
    List<CrossTable> crystals = null;
    if (tables.size() == 3) {
      List<String> names = in.names().subList(1, 3);
      List<HKLTable> two = tables.subList(1, 3);
      crystals =
          List.of(
              s.cross(names, two, shells.voxels(Voxels.HALO)),
              s.cross(names, two, shells.voxels(Voxels.REST)));
    }
    return List.of(in.from(ShellFigures.correlations(random, friedel, crystals)));
  }

  static List<Figure> scattergram(PlotInput in) throws IOException {
    in.require(1, 1, PlotKind.HALVES);
    return List.of(in.from(TableFigures.halves(in.table(in.files().get(0)))));
  }
}
