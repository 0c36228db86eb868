package org.mdx.scaling;

import java.util.List;
import java.util.function.Function;
import org.mdx.internal.normal.TermGrid;
import org.mdx.math.GridAxis;

/** Places the control points of all terms by the ranges of the observations. */
final class ControlPoints {
  private final ScalingOptions options;
  private final ObservationBlocks.Facts data;

  /** Needed for mdx2's way alone. */
  private final Blocks blocks;

  ControlPoints(ScalingOptions options, ObservationBlocks.Facts data, Blocks blocks) {
    this.options = options;
    this.data = data;
    this.blocks = blocks;
  }

  Terms terms() {
    Terms terms = new Terms(data.ranges().size());
    SweepVoxels.Range allX = SweepVoxels.Range.EMPTY;
    SweepVoxels.Range allY = SweepVoxels.Range.EMPTY;
    for (int t = 0; t < data.ranges().size(); t++) {
      SweepVoxels.Range phi = range(t, SweepVoxels.Ranges::phi, b -> b.phi);
      SweepVoxels.Range s = range(t, SweepVoxels.Ranges::s, b -> b.s);
      SweepVoxels.Range x = range(t, SweepVoxels.Ranges::ix, b -> b.ix);
      SweepVoxels.Range y = range(t, SweepVoxels.Ranges::iy, b -> b.iy);
      allX = allX.join(x);
      allY = allY.join(y);
      if (options.scale().enabled()) {
        terms.b[t] = new TermGrid(List.of(step(phi, options.scale().stepPhi())), 1, 1);
      }
      if (options.offset().enabled()) {
        GridAxis along = GridAxis.linear(s.min(), s.max(), points(s, options.offset().nx()));
        terms.c[t] = new TermGrid(List.of(along, step(phi, options.offset().stepPhi())), 1, 0);
      }
      if (options.absorption().enabled()) {
        TermOptions a = options.absorption();
        terms.a[t] =
            new TermGrid(
                List.of(pixels(x, a.nx()), pixels(y, a.ny()), step(phi, a.stepPhi())),
                data.panels(),
                1);
      }
    }
    if (options.detector().enabled()) {
      TermOptions d = options.detector();
      terms.d = new TermGrid(List.of(pixels(allX, d.nx()), pixels(allY, d.ny())), data.panels(), 1);
    }
    return terms;
  }

  /** Of those that take part in mdx2's way, otherwise of all, so that none lies outside. */
  private SweepVoxels.Range range(
      int sweep,
      Function<SweepVoxels.Ranges, SweepVoxels.Range> all,
      Function<Block, float[]> coordinate) {
    if (!options.conventions().isMdx2()) {
      return all.apply(data.ranges().get(sweep)).orZero();
    }
    SweepVoxels.Range range = SweepVoxels.Range.EMPTY;
    for (int b = 0; b < blocks.count(); b++) {
      Block block = blocks.open(b);
      float[] x = coordinate.apply(block);
      for (int i = block.start[sweep]; i < block.start[sweep + 1]; i++) {
        range = range.with(x[i]);
      }
    }
    return range.orZero();
  }

  /**
   * Points at about a given distance between whole numbers. There are two at least, since a term
   * has no value beyond its points; mdx2 has a single one where the scan is below half a step.
   */
  private GridAxis step(SweepVoxels.Range range, double step) {
    double from = Math.floor(range.min());
    double to = Math.ceil(range.max());
    int least = options.conventions().isMdx2() ? 1 : 2;
    int points = Math.max(least, (int) Math.rint((to - from) / step) + 1);
    return GridAxis.linear(from, to, to > from ? points : 1);
  }

  /** A number of points between whole numbers; with several panels, fewer on each. */
  private GridAxis pixels(SweepVoxels.Range range, int n) {
    SweepVoxels.Range whole =
        new SweepVoxels.Range(Math.floor(range.min()), Math.ceil(range.max()));
    int perPanel = (int) Math.max(2, Math.ceil(n / Math.sqrt(data.panels())));
    return GridAxis.linear(whole.min(), whole.max(), points(whole, perPanel));
  }

  private static int points(SweepVoxels.Range range, int n) {
    return range.max() > range.min() ? n : 1;
  }
}
