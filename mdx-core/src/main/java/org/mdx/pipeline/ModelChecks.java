package org.mdx.pipeline;

import java.util.List;
import java.util.stream.Stream;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.SweepMark;

/** Checks that a scaling model can come from a sweep, by angles and by the size of the detector. */
final class ModelChecks {
  /** Control points lie on whole degrees and pixels around the observations. */
  private static final double ROUNDED = 1 + 1e-6;

  private ModelChecks() {}

  /** Refuses a model that was refined on another sweep, as far as it tells. */
  static void requireOf(ScalingModel model, Sweep sweep) {
    if (model.mark().isPresent()) {
      requireWithin(model.mark().get(), sweep);
    } else {
      model.scale().ifPresent(b -> requireAngles(b.grid().axes().get(0), sweep));
      model.absorption().ifPresent(a -> requireAngles(a.grid().axes().get(2), sweep));
      model.offset().ifPresent(c -> requireAngles(c.grid().axes().get(1), sweep));
    }
    Stream.concat(
            model.absorption().map(a -> a.grid()).stream(),
            model.detector().map(d -> d.grid()).stream())
        .forEach(grid -> requirePixels(grid, sweep));
  }

  /** Observations at angles that the sweep does not have are those of another. */
  private static void requireWithin(SweepMark mark, Sweep sweep) {
    Scan scan = sweep.geometry().scan();
    double margin = Math.abs(scan.width());
    if (mark.phiMin() < low(scan) - margin || mark.phiMax() > high(scan) + margin) {
      throw refused("was refined on " + mark, sweep);
    }
  }

  /** Control points reach as far as the observations, and these as far as the sweep. */
  private static void requireAngles(GridAxis phi, Sweep sweep) {
    Scan scan = sweep.geometry().scan();
    double from = phi.get(0);
    double to = phi.get(phi.size() - 1);
    if (from < low(scan) - ROUNDED || to > high(scan) + ROUNDED) {
      throw refused("reaches from φ = " + from + "° to " + to + "°", sweep);
    }
  }

  private static double low(Scan scan) {
    return Math.min(scan.start(), scan.end());
  }

  private static double high(Scan scan) {
    return Math.max(scan.start(), scan.end());
  }

  private static IllegalArgumentException refused(String model, Sweep sweep) {
    Scan scan = sweep.geometry().scan();
    return new IllegalArgumentException(
        "the scaling model "
            + model
            + ", the sweep of "
            + sweep.images().source().describe(0)
            + " has φ = "
            + low(scan)
            + "° to "
            + high(scan)
            + "°: they belong to different sweeps; give models and sweeps in the same order");
  }

  private static void requirePixels(ControlGrid grid, Sweep sweep) {
    List<Panel> panels = sweep.geometry().detector().panels();
    int width = panels.stream().mapToInt(Panel::width).max().orElseThrow();
    int height = panels.stream().mapToInt(Panel::height).max().orElseThrow();
    GridAxis ix = grid.axes().get(0);
    GridAxis iy = grid.axes().get(1);
    double right = ix.get(ix.size() - 1);
    double bottom = iy.get(iy.size() - 1);
    if (right > width - 1 + ROUNDED || bottom > height - 1 + ROUNDED) {
      throw new IllegalArgumentException(
          "the scaling model has control points up to ix="
              + right
              + " iy="
              + bottom
              + ", the detector has "
              + width
              + " x "
              + height
              + " pixels: it belongs to another detector; give models and sweeps in the same order");
    }
  }
}
