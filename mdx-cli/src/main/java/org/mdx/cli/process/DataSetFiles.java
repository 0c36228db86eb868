package org.mdx.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mdx.bragg.process.DataSet;
import org.mdx.cli.intensity.IntensityFiles;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.io.dials.ExperimentList;

/** Writes what was scaled and merged together, under the names that the single commands use. */
final class DataSetFiles {
  /** What is there of a complete data set. */
  static final List<String> NAMES =
      List.of(
          "scaled.expt", "scaled.refl", "merged.mtz", "scaled.mtz", "report.json", "report.html");

  private DataSetFiles() {}

  /**
   * Writes a data set.
   *
   * @param folder for its files
   * @param set the data set
   * @param integrated rows of all sweeps that were integrated
   */
  static void write(Path folder, DataSet set, ExperimentList integrated) throws IOException {
    Files.createDirectories(folder);
    ExperimentList own =
        integrated.select(set.sweeps().stream().mapToInt(Integer::intValue).toArray());
    OutputFolder.requireNotInterrupted();
    if (set.name().equals("all") || set.name().startsWith("cell_")) {
      IntensityFiles.symmetrized(folder, own, set.geometries(), set.symmetrized());
    }
    IntensityFiles.scaled(folder, own, set.geometries(), set.scaled());
    OutputFolder.requireNotInterrupted();
    IntensityFiles.merged(folder, set.geometries(), set.scaled().reflections(), set.merged());
    IntensityFiles.report(folder, set.geometries(), set.scaled().reflections(), set.merged());
  }
}
