package org.mdx.scale;

/**
 * Absorption a(ix, iy, φ): a factor that varies smoothly over the detector and with the rotation.
 *
 * @param grid control points along ix and iy (pixels) and φ (degrees), for each panel
 */
public record AbsorptionTerm(ControlGrid grid) implements ScalingTerm {

  public AbsorptionTerm {
    grid.requireAxes(3, "absorption a(ix, iy, phi)");
  }
}
