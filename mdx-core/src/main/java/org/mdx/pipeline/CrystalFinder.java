package org.mdx.pipeline;

import java.util.List;
import org.mdx.image.ImageSeries;

/**
 * Finds the crystals of sweeps that have none. A service, which mdx-bragg provides: {@link
 * org.mdx.Mdx#reduce} asks for it where it is given images alone.
 */
public interface CrystalFinder {
  /**
   * Finds spots, indexes and refines, with nothing known but the crystals that some sweeps bring.
   *
   * @param images sweeps of one kind of crystal; one that has a crystal keeps it
   * @return the sweeps with their crystals, in order
   * @throws IllegalArgumentException if a sweep does not show its crystal; the message names it and
   *     says what was tried
   */
  List<Sweep> find(List<ImageSeries> images);
}
