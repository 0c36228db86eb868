package org.mdx.bragg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.bragg.process.BraggProcess;
import org.mdx.bragg.process.CrystalSource;
import org.mdx.bragg.process.ProcessOptions;
import org.mdx.bragg.process.Processed;
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
   * From images to merged intensities, unattended, each sweep being of a crystal of its own; as
   * {@code mdx bragg process} does.
   *
   * @param images frames and geometry of each
   * @return crystals and data sets
   * @throws IllegalArgumentException if there is none
   */
  public static Processed process(List<ImageSeries> images) {
    List<CrystalSource> sources = new ArrayList<>();
    for (ImageSeries sweep : images) {
      sources.add(CrystalSource.of("crystal_" + (sources.size() + 1), List.of(sweep)));
    }
    return process(sources, UnaryOperator.identity());
  }

  /**
   * From images to merged intensities, unattended.
   *
   * @param crystals images of each
   * @param options changes to the defaults
   * @return crystals and data sets
   * @throws IllegalArgumentException if there is none
   */
  public static Processed process(
      List<CrystalSource> crystals, UnaryOperator<ProcessOptions> options) {
    return BraggProcess.run(crystals, options.apply(ProcessOptions.defaults()));
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
