package org.mdx.integrate;

import java.util.Optional;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageChunks;
import org.mdx.table.Subdivision;

/**
 * Options for integrating counts.
 *
 * @param ndiv voxels per unit of h, k and l
 * @param maxSpread largest rotation that one observation of a voxel spans, degrees
 * @param conventions whose; they say whether counts are first summed over blocks of frames, rows
 *     and columns and the blocks of a voxel joined by floor((φ − φmin)/maxSpread), φ the mean angle
 *     of each, as mdx2 does; otherwise a new observation begins when maxSpread has passed since the
 *     first pixel of the one before
 * @param chunks the blocks, with conventions; empty for those in which the images are stored if
 *     their file tells them, and else those in which mdx2 1.0.4 would store them
 */
public record IntegrationOptions(
    Subdivision ndiv, double maxSpread, Conventions conventions, Optional<ImageChunks> chunks) {

  public IntegrationOptions {
    if (!(maxSpread > 0)) {
      throw new IllegalArgumentException("maximum spread " + maxSpread + "°, must be above 0");
    }
  }

  /**
   * Three voxels per index, observations of 1°.
   *
   * @return the defaults
   */
  public static IntegrationOptions defaults() {
    return new IntegrationOptions(
        new Subdivision(3, 3, 3), 1, Conventions.STANDARD, Optional.empty());
  }

  /**
   * With another subdivision.
   *
   * @param h voxels per unit of h
   * @param k voxels per unit of k
   * @param l voxels per unit of l
   * @return new options
   */
  public IntegrationOptions subdivide(int h, int k, int l) {
    return new IntegrationOptions(new Subdivision(h, k, l), maxSpread, conventions, chunks);
  }

  /**
   * With another largest rotation of an observation.
   *
   * @param degrees above 0
   * @return new options
   */
  public IntegrationOptions maxSpread(double degrees) {
    return new IntegrationOptions(ndiv, degrees, conventions, chunks);
  }

  /**
   * Numbers observations by other conventions.
   *
   * @param value whose
   * @return new options
   */
  public IntegrationOptions conventions(Conventions value) {
    return new IntegrationOptions(ndiv, maxSpread, value, chunks);
  }

  /**
   * With other blocks, as mdx2's {@code import_data --chunks} sets them.
   *
   * @param blocks frames, rows and columns
   * @return new options
   */
  public IntegrationOptions chunks(ImageChunks blocks) {
    return new IntegrationOptions(ndiv, maxSpread, conventions, Optional.of(blocks));
  }

  @Override
  public String toString() {
    return "IntegrationOptions[subdivision "
        + ndiv
        + ", observations of "
        + maxSpread
        + "°"
        + (conventions.isMdx2() ? ", numbered as mdx2 does" : "")
        + chunks.map(c -> ", blocks " + c).orElse("")
        + "]";
  }
}
