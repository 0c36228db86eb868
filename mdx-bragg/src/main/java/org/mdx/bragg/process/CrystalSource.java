package org.mdx.bragg.process;

import java.io.IOException;
import java.util.List;
import org.mdx.image.ImageSeries;

/**
 * The images of one crystal. They are opened when its turn comes.
 *
 * @param name for people and folders
 * @param opener gives its sweeps, which are indexed together
 */
public record CrystalSource(String name, Opener opener) {

  /** Opens images. */
  @FunctionalInterface
  public interface Opener {
    /**
     * The sweeps of the crystal.
     *
     * @return at least one
     * @throws IOException if one cannot be read
     */
    List<ImageSeries> open() throws IOException;
  }

  /**
   * Images that are open.
   *
   * @param name for people
   * @param sweeps of the crystal
   * @return the source
   */
  public static CrystalSource of(String name, List<ImageSeries> sweeps) {
    List<ImageSeries> all = List.copyOf(sweeps);
    return new CrystalSource(name, () -> all);
  }
}
