package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.Reflections;

/**
 * An experiment list and its reflections.
 *
 * @param experiments rows, numbered as the column {@code id} does
 * @param reflections of all rows
 */
record IndexedFiles(List<DialsExperiment> experiments, Reflections reflections) {

  /**
   * Reads the two files, in any order.
   *
   * @throws IllegalArgumentException if they are not one of each kind
   */
  static IndexedFiles read(List<Path> files) throws IOException {
    boolean first = ReflectionFile.recognizes(files.get(0));
    if (files.size() != 2 || first == ReflectionFile.recognizes(files.get(1))) {
      throw new IllegalArgumentException(
          files + ": give one experiment list and its reflections; 'mdx dials-combine' joins more");
    }
    List<DialsExperiment> rows = Dials.experiments(files.get(first ? 1 : 0));
    return new IndexedFiles(rows, Dials.reflections(files.get(first ? 0 : 1), rows));
  }

  List<Geometry> geometries() {
    return experiments.stream().map(DialsExperiment::geometry).toList();
  }

  /** Number of panels of the first detector. */
  int panels() {
    return geometries().get(0).detector().panels().size();
  }
}
