package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.cli.dials.DialsFiles;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ExperimentList;
import org.mdx.reflection.Reflections;

/**
 * Experiment lists and their reflections, as one.
 *
 * @param experiments all rows
 * @param geometries of all rows
 * @param reflections of all rows, the column {@code id} counting through the lists
 */
public record IntegratedFiles(
    ExperimentList experiments, List<Geometry> geometries, Reflections reflections) {

  /**
   * Reads lists and tables, in any order of the kinds, the first list with the first table.
   *
   * @throws IllegalArgumentException if there is not one table for each list
   */
  public static IntegratedFiles read(List<Path> files) throws IOException {
    DialsFiles pairs = DialsFiles.pairs(files, "give one table for each list, in the same order");
    List<Geometry> geometries = new ArrayList<>();
    for (Path list : pairs.lists()) {
      Dials.experiments(list).stream().map(DialsExperiment::geometry).forEach(geometries::add);
    }
    List<DialsData> data = pairs.read();
    DialsData all = DialsData.combine(data);
    return new IntegratedFiles(all.experiments(), geometries, all.reflections().reflections());
  }
}
