package org.mdx.scale;

/**
 * Detector d(ix, iy): how sensitive a place is, the same for all sweeps.
 *
 * @param grid control points along ix and iy (pixels), for each panel
 */
public record DetectorTerm(ControlGrid grid) implements ScalingTerm {

  public DetectorTerm {
    grid.requireAxes(2, "detector d(ix, iy)");
  }
}
