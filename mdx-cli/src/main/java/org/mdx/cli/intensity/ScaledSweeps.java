package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.scale.BraggScale;

/**
 * What experiment lists tell of scaled sweeps.
 *
 * @param geometries one for each id
 * @param scales how each was scaled
 * @param errors a and b of each error model; empty arrays where they are not known
 * @param templates images of each; empty texts where they are not known
 */
record ScaledSweeps(
    List<Geometry> geometries,
    List<Optional<BraggScale>> scales,
    List<double[]> errors,
    List<String> templates) {

  /** Reads the lists among the files. */
  static ScaledSweeps read(List<Path> files, List<Geometry> geometries) throws IOException {
    List<Optional<BraggScale>> scales = new ArrayList<>();
    List<double[]> errors = new ArrayList<>();
    List<String> templates = new ArrayList<>();
    for (Path file : files) {
      if (!ReflectionFile.recognizes(file)) {
        scales.addAll(Dials.scaling(file));
        errors.addAll(Dials.errorModels(file));
        for (DialsExperiment e : Dials.experiments(file)) {
          templates.add(e.template() == null ? "" : e.template().toString());
        }
      }
    }
    return new ScaledSweeps(geometries, scales, errors, templates);
  }
}
