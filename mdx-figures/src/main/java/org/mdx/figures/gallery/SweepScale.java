package org.mdx.figures.gallery;

import java.util.Objects;
import org.mdx.geometry.Scan;
import org.mdx.scale.BraggScale;

/**
 * A sweep's name, scan and how DIALS scaled its reflections.
 *
 * @param name for the legend
 * @param scan its angles
 * @param scale of the reflections
 */
public record SweepScale(String name, Scan scan, BraggScale scale) {
  public SweepScale {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scan, "scan");
    Objects.requireNonNull(scale, "scale");
  }
}
