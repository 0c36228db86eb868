package org.mdx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.mdx.crystal.CellTolerance;
import org.mdx.image.ImageSeries;
import org.mdx.pipeline.CrystalFinder;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;

/**
 * The entry of a reduction. All of it with the standard options, which are those of {@code mdx
 * reduce}:
 *
 * <pre>{@code
 * Reduction result = Mdx.reduce(crystal1, crystal2);
 * }</pre>
 *
 * <p>With a background, and in steps that can be stopped at and changed:
 *
 * <pre>{@code
 * HKLTable merged = Mdx.sweeps(crystal1, crystal2)
 *     .background(blank, b -> b.bins(10, 20, 20).validRange(0, 200))
 *     .findPeaks(p -> p.countThreshold(20))
 *     .integrate(i -> i.subdivide(3, 3, 3))
 *     .correct()
 *     .resolveAmbiguity()
 *     .scale()
 *     .merge(m -> m.seed(1))
 *     .table();
 * }</pre>
 */
public final class Mdx {
  private Mdx() {}

  /**
   * Reduces sweeps of one kind of crystal with the options of {@link ReductionOptions#standard},
   * one after the other; with a background or other options use {@link #sweeps} and {@link
   * Sweeps#reduce}.
   *
   * @param images sweeps; the crystals of those that have none are found first, which takes
   *     mdx-bragg on the class path
   * @return merged intensities, and how they came about
   * @throws IllegalArgumentException as {@link #sweeps(ImageSeries...)} and {@link
   *     Sweeps#reduce()}, or if a crystal cannot be found
   */
  public static Reduction reduce(ImageSeries... images) {
    boolean indexed = Arrays.stream(images).allMatch(i -> i.geometry().crystal().isPresent());
    Optional<CrystalFinder> finder =
        indexed ? Optional.empty() : ServiceLoader.load(CrystalFinder.class).findFirst();
    return finder.isEmpty()
        ? sweeps(images).reduce()
        : sweeps(finder.get().find(List.of(images))).reduce();
  }

  /**
   * A reduction of one or more sweeps of the same kind of crystal.
   *
   * @param images indexed sweeps
   * @return the first stage
   * @throws IllegalArgumentException if there is none, one has no crystal, their Laue groups or
   *     cells differ, or one is given twice
   */
  public static Sweeps sweeps(ImageSeries... images) {
    return sweeps(Arrays.asList(images));
  }

  /**
   * A reduction of one or more sweeps of the same kind of crystal.
   *
   * @param images indexed sweeps
   * @return the first stage
   * @throws IllegalArgumentException as {@link #sweeps(ImageSeries...)}
   */
  public static Sweeps sweeps(Iterable<ImageSeries> images) {
    List<Sweep> list = new ArrayList<>();
    images.forEach(i -> list.add(Sweep.of(i)));
    return Sweeps.of(list);
  }

  /**
   * A reduction of sweeps that may bring grids of their own.
   *
   * @param sweeps indexed sweeps
   * @return the first stage
   * @throws IllegalArgumentException as {@link #sweeps(ImageSeries...)}
   */
  public static Sweeps sweeps(List<Sweep> sweeps) {
    return Sweeps.of(sweeps);
  }

  /**
   * A reduction of sweeps of crystals that may differ more or less than usual.
   *
   * @param sweeps indexed sweeps
   * @param tolerance how far the cells may differ
   * @return the first stage
   * @throws IllegalArgumentException as {@link #sweeps(ImageSeries...)}
   */
  public static Sweeps sweeps(List<Sweep> sweeps, CellTolerance tolerance) {
    return Sweeps.of(sweeps, tolerance);
  }
}
