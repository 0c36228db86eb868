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
   * The detector they are of.
   *
   * @return the size of each panel; empty if it is not known
   */
  default List<PanelSize> sizes() {
    return List.of();
  }

  /**
   * The exact factors.
   *
   * @param geometry of the sweep
   * @return corrections computed at the place itself
   * @throws IllegalArgumentException if the photon energy is beyond the table of air
   */
  static PixelCorrections exact(Geometry geometry) {
    Corrections corrections = Corrections.of(geometry);
    List<PanelSize> sizes = geometry.detector().sizes();
    return new PixelCorrections() {
      @Override
      public CorrectionFactors at(int panel, double iy, double ix) {
        return corrections.at(panel, ix + 0.5, iy + 0.5);
      }

      @Override
      public List<PanelSize> sizes() {
        return sizes;
      }
    };
  }

  /**
   * Factors interpolated from grids, as mdx2 does.
   *
   * @param grids one for each panel
   * @return corrections interpolated bilinearly
   */
  static PixelCorrections interpolated(List<CorrectionGrid> grids) {
    List<CorrectionGrid> all = List.copyOf(grids);
    return new PixelCorrections() {
      @Override
      public CorrectionFactors at(int panel, double iy, double ix) {
        return all.get(panel).interpolate(iy, ix);
      }

      @Override
      public List<PanelSize> sizes() {
        return all.stream().map(CorrectionGrid::size).toList();
      }
    };
  }
}
