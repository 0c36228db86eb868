package org.mdx.geometry;

import java.util.List;

/** Correction factors by zero-based pixel position. Implementations can be used by many threads. */
@FunctionalInterface
public interface PixelCorrections {

  /**
   * The factors at a mean pixel position.
   *
   * @param panel index of the panel
   * @param iy row, 0 at the centre of the first pixel
   * @param ix column, 0 at the centre of the first pixel
   * @return the six factors
   */
  CorrectionFactors at(int panel, double iy, double ix);

  /**
   * The exact factors.
   *
   * @param geometry of the sweep
   * @return corrections computed at the place itself
   * @throws IllegalArgumentException if the photon energy is beyond the table of air
   */
  static PixelCorrections exact(Geometry geometry) {
    Corrections corrections = Corrections.of(geometry);
    return (panel, iy, ix) -> corrections.at(panel, ix + 0.5, iy + 0.5);
  }

  /**
   * Factors interpolated from grids, as mdx2 does.
   *
   * @param grids one for each panel
   * @return corrections interpolated bilinearly
   */
  static PixelCorrections interpolated(List<CorrectionGrid> grids) {
    List<CorrectionGrid> all = List.copyOf(grids);
    return (panel, iy, ix) -> all.get(panel).interpolate(iy, ix);
  }
}
