package org.mdx.integrate;

import org.mdx.table.Subdivision;

/**
 * How counts are integrated.
 *
 * @param ndiv voxels per unit of h, k and l
 * @param maxSpread largest rotation that one observation of a voxel spans, degrees
 * @param mdx2Compatible whether counts are first summed over chunks of frames and the chunks of a
 *     voxel joined by floor((φ − φmin)/maxSpread), φ the mean angle of each, as mdx2 does;
 *     otherwise a new observation begins when maxSpread has passed since the first pixel of the one
 *     before
 * @param chunkFrames frames a chunk, with mdx2Compatible; 10 in the data files of mdx2 1.0.4
 */
public record IntegrationOptions(
    Subdivision ndiv, double maxSpread, boolean mdx2Compatible, int chunkFrames) {

  public IntegrationOptions {
    if (!(maxSpread > 0)) {
      throw new IllegalArgumentException("maximum spread " + maxSpread + "°, must be above 0");
    }
    if (chunkFrames < 1) {
      throw new IllegalArgumentException("chunks of " + chunkFrames + " frames, must be 1 or more");
    }
  }

  /**
   * Three voxels per index, observations of 1°.
   *
   * @return the defaults
   */
  public static IntegrationOptions defaults() {
    return new IntegrationOptions(new Subdivision(3, 3, 3), 1, false, 10);
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
    return new IntegrationOptions(new Subdivision(h, k, l), maxSpread, mdx2Compatible, chunkFrames);
  }

  /**
   * With another largest rotation of an observation.
   *
   * @param degrees above 0
   * @return new options
   */
  public IntegrationOptions maxSpread(double degrees) {
    return new IntegrationOptions(ndiv, degrees, mdx2Compatible, chunkFrames);
  }

  /**
   * With or without mdx2's numbering.
   *
   * @param compatible whether to number observations as mdx2 does
   * @return new options
   */
  public IntegrationOptions mdx2Compatible(boolean compatible) {
    return new IntegrationOptions(ndiv, maxSpread, compatible, chunkFrames);
  }

  /**
   * With other chunks, as mdx2's {@code import_data --chunks} sets them.
   *
   * @param frames frames a chunk, 1 or more
   * @return new options
   */
  public IntegrationOptions chunkFrames(int frames) {
    return new IntegrationOptions(ndiv, maxSpread, mdx2Compatible, frames);
  }
}
