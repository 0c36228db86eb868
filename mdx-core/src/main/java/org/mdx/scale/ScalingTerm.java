package org.mdx.scale;

/** One term of a scaling model: values on a grid of control points, linear in between. */
public sealed interface ScalingTerm permits AbsorptionTerm, ScaleTerm, OffsetTerm, DetectorTerm {

  /**
   * The control points and their values.
   *
   * @return the grid
   */
  ControlGrid grid();
}
