package org.mdx.microed.agent.steps;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A movie as a step sees it.
 *
 * @param id by which it is recorded
 * @param source the file that was recorded; never to be changed
 * @param file the file to work on: the product of an earlier step, or the source
 * @param name path of products in their folders, parts separated by {@code /}
 * @param folder the folder in which the crystal is worked on; empty if none is configured
 */
public record StepItem(String id, Path source, Path file, String name, Optional<Path> folder) {

  /**
   * The file name of products without its ending.
   *
   * @return such as {@code Camera_Ceta_20230611_2324_670_mm}
   */
  public String stem() {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  /**
   * A product's place.
   *
   * @param root the folder of the products
   * @return the path of {@link #name()} in it
   */
  public Path in(Path root) {
    return root.resolve(name);
  }
}
