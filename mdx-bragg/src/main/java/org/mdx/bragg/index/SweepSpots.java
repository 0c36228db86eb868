package org.mdx.bragg.index;

import java.util.List;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * The spots of one sweep and where they were measured.
 *
 * @param geometry beam, detector, goniometer and scan; a crystal in it is ignored
 * @param spots at least {@code panel} and {@code xyzobs.px.value}
 */
public record SweepSpots(Geometry geometry, Reflections spots) {
  public SweepSpots {
    int panels = geometry.detector().panels().size();
    int[] panel = spots.get(ReflectionKeys.PANEL);
    double[] obs = spots.get(ReflectionKeys.XYZOBS_PX);
    for (int i = 0; i < panel.length; i++) {
      if (panel[i] < 0 || panel[i] >= panels) {
        throw new IllegalArgumentException(
            "spot " + i + " is on panel " + panel[i] + ", the detector has " + panels);
      }
      for (int k = 0; k < 3; k++) {
        if (!Double.isFinite(obs[3 * i + k])) {
          throw new IllegalArgumentException(
              "xyzobs.px.value of spot " + i + " is " + obs[3 * i + k]);
        }
      }
    }
  }

  /** Spots of all sweeps as points of reciprocal space. */
  static Points points(List<SweepSpots> sweeps) {
    return Points.of(
        sweeps.stream().map(SweepSpots::geometry).toList(),
        sweeps.stream().map(SweepSpots::spots).toList());
  }

  /** Range of rotation in degrees, 0 for stills. */
  double range() {
    return Math.abs(geometry.scan().width()) * geometry.scan().frames();
  }
}
