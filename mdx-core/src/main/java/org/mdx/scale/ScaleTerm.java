package org.mdx.scale;

/**
 * Scale b(φ): how much crystal is in the beam.
 *
 * @param grid control points along φ (degrees)
 */
public record ScaleTerm(ControlGrid grid) implements ScalingTerm {

  public ScaleTerm {
    grid.requireAxes(1, "scale b(phi)");
  }
}
