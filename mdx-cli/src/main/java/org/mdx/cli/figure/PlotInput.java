package org.mdx.cli.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.cli.file.ExportInput;
import org.mdx.crystal.Crystal;
import org.mdx.figures.Figure;
import org.mdx.io.MdxFormatException;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.map.Axis;
import org.mdx.parallel.Parallel;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;

/**
 * The files and options of a figure.
 *
 * @param files in the order of the command line
 * @param geometry cell and symmetry; null if the files have them
 * @param axis normal of a plane
 * @param at its coordinate
 * @param column of a table
 * @param anisotropic whether maps go without their isotropic average
 * @param more files and numbers that single kinds take
 * @param parallel threads
 */
record PlotInput(
    List<Path> files,
    Path geometry,
    Axis axis,
    double at,
    String column,
    boolean anisotropic,
    More more,
    Parallel parallel) {

  /**
   * What single kinds take.
   *
   * @param friedel merged table with half-sets of Friedel mates, or null
   * @param scales scaling models of corrected tables
   * @param merged the merged table of corrected ones, or null
   * @param sMin lower limit of the shells in Å⁻¹
   * @param sMax upper limit of the shells in Å⁻¹
   * @param sigmaCutoff standard deviations that are masked
   * @param relative whether intensities are divided by their largest mean between reflections
   */
  record More(
      Path friedel,
      List<Path> scales,
      Path merged,
      double sMin,
      double sMax,
      double sigmaCutoff,
      boolean relative) {}

  /** Refuses another number of files. */
  void require(int least, int most, PlotKind kind) {
    if (files.size() < least || files.size() > most) {
      throw new IllegalArgumentException(
          kind + " takes " + kind.takes() + "; there are " + files.size() + " files");
    }
  }

  /** A file that holds a map or a table. */
  ExportInput volume(int i) throws IOException {
    return ExportInput.read(files.get(i), geometry);
  }

  Crystal crystal() throws IOException {
    if (geometry == null) {
      throw new IllegalArgumentException(
          "shells need the cell and the symmetry; give a geometry.nxs or .expt with --geometry");
    }
    return SweepFiles.crystal(geometry);
  }

  HKLTable table(Path file) throws IOException {
    return Mdx2.readTable(file);
  }

  ShellStatistics statistics() throws IOException {
    Crystal c = crystal();
    return ShellStatistics.of(c.cell(), c.spaceGroup()).parallel(parallel);
  }

  ShellOptions shells() {
    return ShellOptions.defaults().range(more.sMin(), more.sMax());
  }

  /** Names of the files that tell them apart: no more of their folders than is needed. */
  List<String> names() {
    return names(files);
  }

  static List<String> names(List<Path> files) {
    List<String> short1 = new ArrayList<>();
    List<String> short2 = new ArrayList<>();
    for (Path f : files) {
      int n = f.getNameCount();
      short1.add(String.valueOf(f.getFileName()));
      short2.add(n > 1 ? f.subpath(n - 2, n).toString() : f.toString());
    }
    return short1.stream().distinct().count() == files.size() ? short1 : short2;
  }

  /** The figure with the names of its files below. */
  Figure from(Figure figure) {
    return figure.note("of " + String.join(", ", names()));
  }

  static MdxFormatException wrong(Path file, String expected, String found) {
    return new MdxFormatException(file, "", expected, found, "give another file");
  }
}
