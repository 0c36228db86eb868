package org.mdx.bragg.process;

import java.io.IOException;
import java.util.List;
import org.mdx.image.ImageSeries;

/**
 * The images of one crystal. They are opened when its turn comes.
 *
 * @param name for people and folders
 * @param opener gives its sweeps, which are indexed together
 * @param notes what people should know of how the images were read
 */
public record CrystalSource(String name, Opener opener, List<String> notes) {

  /** Keeps its own list. */
  public CrystalSource {
    notes = List.copyOf(notes);
  }

  /**
   * Images of which there is nothing to tell.
   *
   * @param name for people and folders
   * @param opener gives its sweeps, which are indexed together
   */
  public CrystalSource(String name, Opener opener) {
    this(name, opener, List.of());
  }

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
