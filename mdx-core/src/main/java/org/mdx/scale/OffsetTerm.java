package org.mdx.scale;

/**
 * Offset c(s, φ): what is scattered without regard to the orientation, such as solvent and excess
 * background.
 *
 * @param grid control points along s (Å⁻¹) and φ (degrees)
 */
public record OffsetTerm(ControlGrid grid) implements ScalingTerm {

  public OffsetTerm {
    grid.requireAxes(2, "offset c(s, phi)");
  }
}
