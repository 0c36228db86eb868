package org.mdx.bragg.integrate;

import org.mdx.bragg.internal.intensity.LocalFrame;

/** Sums over the reference spots of a part of the detector and scan, one unit a spot. */
final class ShapeSums {
  private static final int CELLS = SpotShape.POINTS * SpotShape.POINTS * SpotShape.POINTS;

  double weight;
  final double[] before = new double[6];
  final double[] data = new double[6];
  final double[] model = new double[6];
  final double[] counts = new double[CELLS];
  final double[] expected = new double[CELLS];

  /** Adds others, times a factor. */
  void add(ShapeSums o, double f) {
    weight += f * o.weight;
    for (int i = 0; i < 6; i++) {
      before[i] += f * o.before[i];
      data[i] += f * o.data[i];
      model[i] += f * o.model[i];
    }
    for (int i = 0; i < CELLS; i++) {
      counts[i] += f * o.counts[i];
      expected[i] += f * o.expected[i];
    }
  }

  /**
   * Adds a spot: second moments and cells of what was counted and of what was expected, over the
   * same pixels, so that what the foreground cuts off cuts off of both.
   *
   * @param t the spot, all of whose foreground counts
   * @param p its expected shares
   * @param intensity its intensity
   * @param w its weight
   */
  void add(Target t, double[] p, double intensity, double w, Reference r) {
    int n = t.pixels.length;
    double[] edges = t.sliceEdges(r.degreesPerFrame());
    double[] e = new double[3];
    double[] corners = new double[8];
    weight += w;
    for (int i = 0; i < 6; i++) {
      before[i] += w * r.shape().covariance()[i];
    }
    for (int i = 0; i < n; i++) {
      LocalFrame.pixel(t.corners, t.columns, t.pixels[i], corners);
      e[0] = (corners[0] + corners[2] + corners[4] + corners[6]) / 4;
      e[1] = (corners[1] + corners[3] + corners[5] + corners[7]) / 4;
      for (int k = 0; k < t.slices; k++) {
        e[2] = (edges[k] + edges[k + 1]) / 2;
        int at = k * n + i;
        add(
            e,
            w * (t.counts(t.foreground[at]) - t.background(i)) / intensity,
            w * p[at],
            r.widths());
      }
    }
  }

  private void add(double[] e, double found, double wanted, SpotWidths widths) {
    int at = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b <= a; b++) {
        double product = e[a] * e[b];
        data[at] += found * product;
        model[at++] += wanted * product;
      }
    }
    int cell = SpotShape.cell(e[0], e[1], e[2], widths);
    counts[cell] += found;
    expected[cell] += wanted;
  }

  /** What spots are compared with. */
  record Reference(SpotShape shape, SpotWidths widths, double degreesPerFrame) {}

  /**
   * The shape that these spots have.
   *
   * @param prior the shape that stands for some more spots
   * @param spots how many
   */
  SpotShape shape(SpotShape prior, double spots) {
    double[] c = new double[6];
    double all = weight + spots;
    for (int i = 0; i < 6; i++) {
      c[i] = (before[i] + data[i] - model[i] + spots * prior.covariance()[i]) / all;
    }
    if (!isPositive(c)) {
      c = prior.covariance().clone();
    }
    double[] f = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      double share = weight > 0 ? expected[i] / weight : 0;
      double bottom = expected[i] + spots * share;
      double ratio = (counts[i] + spots * share) / bottom;
      f[i] = bottom > 1e-9 ? Math.max(0.1, Math.min(10, ratio)) : 1;
    }
    return new SpotShape(c, f);
  }

  private static boolean isPositive(double[] c) {
    double two = c[0] * c[2] - c[1] * c[1];
    double three =
        c[5] * two - c[3] * (c[3] * c[2] - c[4] * c[1]) - c[4] * (c[4] * c[0] - c[3] * c[1]);
    return c[0] > 0 && two > 1e-3 * c[0] * c[2] && three > 1e-3 * two * c[5];
  }
}
