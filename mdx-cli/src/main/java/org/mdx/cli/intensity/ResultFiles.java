package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.Reflections;

/** What commands that change all sweeps write. */
final class ResultFiles {
  private ResultFiles() {}

  /**
   * Writes a list and a table.
   *
   * @param common to say so, or null
   */
  static void write(
      ExperimentList list, Path listFile, Reflections table, Path tableFile, CommonOptions common)
      throws IOException {
    OutputFolder.requireNotInterrupted();
    list.write(listFile);
    ReflectionFile.write(tableFile, table);
    if (common != null) {
      common.out().println("wrote " + listFile + " and " + tableFile);
    }
  }

  static List<Crystal> crystals(List<Geometry> geometries) {
    return geometries.stream().map(g -> g.crystal().orElseThrow()).toList();
  }

  /** JSON has no NaN. */
  static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }
}
