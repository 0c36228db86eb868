package org.mdx.pipeline;

import java.util.List;
import java.util.Optional;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.GridMillerIndexMap;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.geometry.PixelCorrections;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;

/**
 * One sweep, and grids to use in mdx2-compatible reductions instead of sampling them again.
 *
 * @param images frames and geometry, with a crystal
 * @param millerIndex grid of Miller indices, empty if there is none
 * @param corrections grid of corrections, empty if there is none
 * @param gridsOnly whether the grids are all that is known of the geometry, so that they serve in
 *     every mode; that of the images then just has the number of pixels and the scan
 */
public record Sweep(
    ImageSeries images,
    Optional<MillerIndexGrid> millerIndex,
    Optional<CorrectionGrid> corrections,
    boolean gridsOnly) {

  public Sweep {
    if (gridsOnly && (millerIndex.isEmpty() || corrections.isEmpty())) {
      throw new IllegalArgumentException("a sweep known by its grids needs both of them");
    }
    if (images.geometry().crystal().isEmpty()) {
      throw new IllegalArgumentException(
          images.source().describe(0)
              + ": the sweep has no crystal; index it first, or give it as a background");
    }
  }

  /**
   * A sweep without grids.
   *
   * @param images frames and geometry, with a crystal
   * @return the sweep
   * @throws IllegalArgumentException if there is no crystal
   */
  public static Sweep of(ImageSeries images) {
    return new Sweep(images, Optional.empty(), Optional.empty(), false);
  }

  /**
   * A sweep of which the geometry is known by grids alone.
   *
   * @param images frames, number of pixels, scan and crystal
   * @param millerIndex grid of Miller indices
   * @param corrections grid of corrections
   * @return the sweep
   * @throws IllegalArgumentException if there is no crystal
   */
  public static Sweep ofGrids(
      ImageSeries images, MillerIndexGrid millerIndex, CorrectionGrid corrections) {
    return new Sweep(images, Optional.of(millerIndex), Optional.of(corrections), true);
  }

  /**
   * The same sweep with a grid of Miller indices for mdx2-compatible reductions.
   *
   * @param grid of the sweep
   * @return a new sweep
   */
  public Sweep withMillerIndex(MillerIndexGrid grid) {
    return new Sweep(images, Optional.of(grid), corrections, gridsOnly);
  }

  /**
   * The same sweep with a grid of corrections for mdx2-compatible reductions.
   *
   * @param grid of the sweep
   * @return a new sweep
   */
  public Sweep withCorrections(CorrectionGrid grid) {
    return new Sweep(images, millerIndex, Optional.of(grid), gridsOnly);
  }

  /**
   * The same sweep with other images.
   *
   * @param other of the same geometry
   * @return a new sweep
   */
  public Sweep withImages(ImageSeries other) {
    return new Sweep(other, millerIndex, corrections, gridsOnly);
  }

  /**
   * The same images indexed on other axes of the lattice.
   *
   * @param operator the change of axes, x' = P·x and h' = h·P⁻¹
   * @param group the space group in the new axes
   * @return a new sweep
   */
  public Sweep reindexed(ChangeOfBasis operator, SpaceGroup group) {
    return new Sweep(
        images.withGeometry(geometry().withCrystal(crystal().reindexed(operator, group))),
        millerIndex.map(g -> g.reindexed(operator)),
        corrections,
        gridsOnly);
  }

  /**
   * The crystal.
   *
   * @return the crystal of the geometry
   */
  public Crystal crystal() {
    return geometry().crystal().orElseThrow();
  }

  /**
   * The geometry.
   *
   * @return that of the images
   */
  public Geometry geometry() {
    return images.geometry();
  }

  /**
   * The Miller indices of the pixels.
   *
   * @param conventions by mdx2's they are interpolated from a grid, the sweep's own if it has one,
   *     by this library's computed for each pixel
   * @param parallel threads to use
   * @return the map
   */
  public MillerIndexMap map(Conventions conventions, Parallel parallel) {
    return conventions.isMdx2() || gridsOnly
        ? new GridMillerIndexMap(grid(), geometry())
        : new ExactMillerIndexMap(geometry(), parallel);
  }

  /**
   * The Miller indices of single pixels.
   *
   * @param conventions as for {@link #map}
   * @return the indices
   */
  public PixelMillerIndex pixelIndex(Conventions conventions) {
    return conventions.isMdx2() || gridsOnly
        ? PixelMillerIndex.interpolated(grid(), geometry().scan())
        : PixelMillerIndex.exact(geometry());
  }

  private MillerIndexGrid grid() {
    return millerIndex.orElseGet(() -> MillerIndexGrid.sample(geometry(), 0, 1, 10, 10, 0));
  }

  /**
   * The corrections of the pixels.
   *
   * @param conventions by mdx2's they are interpolated from a grid, the sweep's own if it has one,
   *     by this library's computed where they are needed
   * @return the corrections
   */
  public PixelCorrections pixelCorrections(Conventions conventions) {
    if (!conventions.isMdx2() && !gridsOnly) {
      return PixelCorrections.exact(geometry());
    }
    return PixelCorrections.interpolated(
        List.of(corrections.orElseGet(() -> CorrectionGrid.sample(geometry(), 0, 10, 10, 0))));
  }

  /** Such as {@code Sweep[Crystal …, 100 images, 0° to 10° in steps of 0.1°, a_00001.cbf]}. */
  @Override
  public String toString() {
    return "Sweep["
        + crystal()
        + ", "
        + geometry().scan()
        + ", "
        + images.source().describe(0)
        + (gridsOnly ? ", geometry known by its grids" : "")
        + "]";
  }
}
