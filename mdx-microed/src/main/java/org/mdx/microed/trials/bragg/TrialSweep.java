package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.Reflections;

/**
 * What a trial knows of its sweep: a row for each lattice, and reflections that point to the rows.
 *
 * @param experiments rows
 * @param reflections of all rows
 */
record TrialSweep(List<DialsExperiment> experiments, Reflections reflections) {
  TrialSweep {
    experiments = List.copyOf(experiments);
  }

  /** Reads the two files that a step was given. */
  static TrialSweep read(StepWords words) throws IOException {
    List<DialsExperiment> rows = Dials.experiments(words.file(".expt"));
    return new TrialSweep(rows, Dials.reflections(words.file(".refl"), rows));
  }

  List<Geometry> geometries() {
    return experiments.stream().map(DialsExperiment::geometry).toList();
  }

  /** The rows with other geometries. */
  List<DialsExperiment> with(List<Geometry> geometries) {
    List<DialsExperiment> rows = new ArrayList<>();
    for (int i = 0; i < geometries.size(); i++) {
      rows.add(experiments.get(i).withGeometry(geometries.get(i)));
    }
    return rows;
  }

  /** Identifiers of rows, by the numbers that reflections have for them. */
  static Map<Integer, String> identifiers(List<DialsExperiment> rows) {
    Map<Integer, String> all = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      all.put(i, rows.get(i).identifier());
    }
    return all;
  }

  /** A step's folder is not where its files stay. */
  static void makeMovable(Path expt) throws IOException {
    ExperimentList.read(expt).withAbsolutePaths().write(expt);
  }

  static void write(Path expt, List<DialsExperiment> rows, Path refl, Reflections reflections)
      throws IOException {
    Dials.write(expt, rows);
    makeMovable(expt);
    ReflectionFile.write(refl, reflections.withIdentifiers(identifiers(rows)));
  }
}
