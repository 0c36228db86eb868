package org.mdx.io.sim;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a written simulation. Every list has an entry for each sweep with a crystal.
 *
 * @param templates paths of the images with {@code #} for the digits of their number
 * @param imported experiment lists without a crystal, as after {@code dials.import}
 * @param indexed experiment lists with the true crystal
 * @param background experiment list of the sweep without a crystal
 * @param mask pixel mask that all of them use
 */
public record SimulatedFiles(
    List<Path> templates, List<Path> imported, List<Path> indexed, Path background, Path mask) {

  public SimulatedFiles {
    templates = List.copyOf(templates);
    imported = List.copyOf(imported);
    indexed = List.copyOf(indexed);
  }
}
