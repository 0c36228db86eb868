package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.vectors.Autoconvolution;
import org.mdx.bragg.internal.vectors.LongestCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;

/** What to change when indexing fails, from what the spots look like. */
final class Advice {
  private static final int FEW = 40;
  private static final double ICY = 0.4;

  private Advice() {}

  static List<String> of(Points p, IndexOptions options) {
    List<String> advice = new ArrayList<>();
    Geometry g = p.geometries.get(0);
    if (p.size() < FEW) {
      advice.add(
          "find more spots: lower the threshold or the smallest size, add sweeps with --joint");
    }
    if (p.geometries.size() > 1) {
      advice.add(
          "leave out --joint: it is for sweeps of one crystal, mounted once, with goniometer angles as"
              + " told");
    }
    double ice = ice(p);
    if (ice > ICY) {
      advice.add(
          String.format(
              Locale.ROOT,
              "%.0f %% of the spots lie on rings of ice: mask the rings, or index with --d-min 4",
              100 * ice));
    }
    if (g.scan().width() == 0 || g.scan().frames() == 1) {
      advice.add("one frame shows a lattice in two dimensions: give --unit-cell and --space-group");
    }
    if (g.beam().probe() == Probe.ELECTRON) {
      advice.add("check the rotation axis: mdx find-axis");
    }
    double[] centre = Autoconvolution.centre(g, g.detector().panels().get(0));
    advice.add(
        String.format(
            Locale.ROOT,
            "check the beam centre, %.1f %.1f px here: mdx find-beam, with a larger --range if need"
                + " be",
            centre[0],
            centre[1]));
    advice.add(
        String.format(
            Locale.ROOT,
            "check distance and wavelength, %.2f mm and %.5f Å here",
            HeaderShift.distance(g),
            g.beam().wavelength()));
    if (options.maxCell() == 0 && options.unitCell().isEmpty()) {
      advice.add("give the longest cell edge: --max-cell");
    }
    if (options.unitCell().isPresent() || options.spaceGroup().isPresent()) {
      advice.add("leave out the cell and the space group, which may be wrong");
    }
    return advice;
  }

  private static double ice(Points p) {
    int on = 0;
    for (int i = 0; i < p.size(); i++) {
      on += LongestCell.onIce(p, i) ? 1 : 0;
    }
    return on / (double) Math.max(1, p.size());
  }
}
