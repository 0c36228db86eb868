package org.mdx.bragg;

import java.util.List;
import org.mdx.image.ImageSeries;

/**
 * The entry of the Bragg side: from images to spots and lattices.
 *
 * <pre>{@code
 * BraggSweep crystal = Bragg.sweep(images)
 *     .findSpots(o -> o.dMin(1.4))
 *     .index(o -> o.spaceGroup("I 21 3"))
 *     .refine();
 * System.out.println(crystal);
 * Reduction map = Mdx.sweeps(crystal.toSweeps()).reduce();
 * }</pre>
 */
public final class Bragg {
  private Bragg() {}

  /**
   * One sweep.
   *
   * @param images its frames and geometry; a crystal is not needed
   * @return the first stage
   */
  public static BraggSweep sweep(ImageSeries images) {
    return sweeps(List.of(images));
  }

  /**
   * Several sweeps of one crystal, which are indexed together.
   *
   * @param images frames and geometry of each
   * @return the first stage
   * @throws IllegalArgumentException if there is none
   */
  public static BraggSweep sweeps(List<ImageSeries> images) {
    return BraggSweep.of(images);
  }

  /**
   * Sweeps of one kind of crystal, each of a crystal of its own, on the way to a map.
   *
   * @param images frames and geometry of each; one that has a crystal keeps it
   * @return the first stage
   * @throws IllegalArgumentException if there is none, or one does not turn
   */
  public static BraggCrystals crystals(List<ImageSeries> images) {
    return BraggCrystals.of(images);
  }

  /**
   * Integrated sweeps as one set of intensities, for symmetry, scaling and merging.
   *
   * @param parts one or more
   * @return the intensities of all
   * @throws IllegalArgumentException if there is none
   */
  public static BraggData combine(BraggData... parts) {
    return BraggData.combine(parts);
  }
}
