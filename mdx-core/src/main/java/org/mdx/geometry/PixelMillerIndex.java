package org.mdx.geometry;

import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Fractional Miller indices of single pixels here and there; whole rows are the business of {@link
 * MillerIndexMap}.
 */
@FunctionalInterface
public interface PixelMillerIndex {

  /** The indices of one frame. */
  @FunctionalInterface
  interface Frame {
    /**
     * The index of a pixel.
     *
     * @param panel index of the panel
     * @param iy row
     * @param ix column
     * @return h, k, l
     */
    Vec3 at(int panel, int iy, int ix);
  }

  /**
   * The indices of one frame, at the middle of its rotation.
   *
   * @param frame 0 to frames − 1
   * @return its pixels
   */
  Frame frame(int frame);

  /**
   * The indices of pixel centres.
   *
   * @param geometry of an indexed sweep
   * @return the indices, computed when asked for
   */
  static PixelMillerIndex exact(Geometry geometry) {
    return f -> {
      double phi = geometry.scan().phi(f);
      Mat3 toIndex = geometry.ub(phi).inverse();
      return (panel, iy, ix) ->
          toIndex.times(geometry.scatteringVector(panel, phi, ix + 0.5, iy + 0.5));
    };
  }

  /**
   * The indices that a grid gives the pixels of a panel.
   *
   * @param grid as mdx2 samples it
   * @param scan gives the angles of the frames
   * @return the indices, interpolated when asked for
   */
  static PixelMillerIndex interpolated(MillerIndexGrid grid, Scan scan) {
    return f -> (panel, iy, ix) -> grid.interpolate(scan.phi(f), iy, ix);
  }
}
