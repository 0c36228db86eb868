package org.mdx.sim.bragg;

import org.mdx.internal.kernel.ErrorFunction;

/**
 * Photons of a spot on one panel: a Gaussian on the plane of pixels times one along the scan,
 * integrated over pixels and frames: exactly along fast, by an error function for one, two or five
 * Gauss points of a row, whose weights make the row's sum exact. The sum over all pixels is the
 * whole spot to the accuracy of the error function and what lies beyond 5 σ, 5·10⁻⁶. Immutable.
 */
final class Spot {
  /** Spots end here, in standard deviations: 10⁻⁶ of the counts is beyond. */
  static final double REACH = 5;

  private static final double[][] NODES = {
    {0},
    {-0.5773502691896257, 0.5773502691896257},
    {-0.906179845938664, -0.5384693101056831, 0, 0.5384693101056831, 0.906179845938664}
  };
  private static final double[][] WEIGHTS = {
    {2},
    {1, 1},
    {
      0.23692688505618908,
      0.47862867049936647,
      0.5688888888888889,
      0.47862867049936647,
      0.23692688505618908
    }
  };

  final int panel;
  final double counts;
  private final double px;
  private final double py;
  private final double z;
  private final double sigmaX;
  private final double sigmaY;
  private final double slope;
  private final double sigmaZ;
  private final int rule;

  /** A spot at px, py, z of so many counts. */
  Spot(int panel, double px, double py, double z, SpotShape shape, double counts) {
    this.panel = panel;
    this.px = px;
    this.py = py;
    this.z = z;
    this.counts = counts;
    sigmaY = Math.sqrt(shape.yy());
    sigmaZ = Math.sqrt(shape.zz());
    slope = shape.xy() / shape.yy();
    sigmaX = Math.sqrt(Math.max(1e-6, shape.xx() - slope * shape.xy()));
    double skew = Math.abs(slope) * Math.min(1, sigmaY) / sigmaX;
    rule = skew < 1e-4 ? 0 : sigmaY > 0.7 ? 1 : 2;
  }

  /** Part of the counts between two places of the scan, in frames. */
  double between(double from, double to) {
    double f = 1 / (sigmaZ * Math.sqrt(2));
    return 0.5 * (ErrorFunction.erf((to - z) * f) - ErrorFunction.erf((from - z) * f));
  }

  /** The first frame that it reaches, may be before the scan. */
  int firstFrame() {
    return (int) Math.floor(z - REACH * sigmaZ);
  }

  /** The last frame that it reaches, may be beyond the scan. */
  int lastFrame() {
    return (int) Math.floor(z + REACH * sigmaZ);
  }

  /** Receives what falls on pixels. */
  interface PixelSink {
    void add(int ix, int iy, double part);
  }

  /** Gives the part of the spot on each pixel of a panel that it reaches. */
  void forEachPixel(int width, int height, double[] row, PixelSink sink) {
    int y0 = (int) Math.max(0, Math.floor(py - REACH * sigmaY));
    int y1 = (int) Math.min(height - 1.0, Math.floor(py + REACH * sigmaY));
    for (int iy = y0; iy <= y1; iy++) {
      // the ellipse of 5 σ in this row
      double nearest = Math.max(iy, Math.min(iy + 1.0, py)) - py;
      double t = nearest / sigmaY;
      double half = sigmaX * Math.sqrt(Math.max(0, REACH * REACH - t * t)) + Math.abs(slope);
      double middle = px + slope * nearest;
      int x0 = (int) Math.max(0, Math.floor(middle - half));
      int x1 = (int) Math.min(width - 1.0, Math.floor(middle + half));
      if (x0 <= x1) {
        row(iy, x0, x1, row);
      }
      for (int ix = x0; ix <= x1; ix++) {
        sink.add(ix, iy, row[ix - x0]);
      }
    }
  }

  /** Columns that it may need, at most. */
  int columns() {
    return (int) (2 * (REACH * sigmaX + Math.abs(slope))) + 3;
  }

  private void row(int iy, int x0, int x1, double[] part) {
    java.util.Arrays.fill(part, 0, x1 - x0 + 1, 0);
    double fy = 1 / (sigmaY * Math.sqrt(2));
    double whole =
        0.5 * (ErrorFunction.erf((iy + 1 - py) * fy) - ErrorFunction.erf((iy - py) * fy));
    double low = Math.max(iy, py - REACH * sigmaY);
    double high = Math.min(iy + 1.0, py + REACH * sigmaY);
    double[] nodes = NODES[rule];
    double sum = 0;
    double[] weights = new double[nodes.length];
    for (int j = 0; j < nodes.length; j++) {
      double t = (0.5 * (low + high) + 0.5 * (high - low) * nodes[j] - py) / sigmaY;
      weights[j] = WEIGHTS[rule][j] * Math.exp(-0.5 * t * t);
      sum += weights[j];
    }
    double fx = 1 / (sigmaX * Math.sqrt(2));
    for (int j = 0; j < nodes.length; j++) {
      double y = 0.5 * (low + high) + 0.5 * (high - low) * nodes[j] - py;
      double middle = px + slope * y;
      double weight = 0.5 * whole * weights[j] / sum;
      double before = ErrorFunction.erf((x0 - middle) * fx);
      for (int ix = x0; ix <= x1; ix++) {
        double after = ErrorFunction.erf((ix + 1 - middle) * fx);
        part[ix - x0] += weight * (after - before);
        before = after;
      }
    }
  }

  /** Squared distance of a pixel's centre from the middle in units of the spot's σ. */
  double distance2(int ix, int iy) {
    double y = iy + 0.5 - py;
    double x = (ix + 0.5 - px - slope * y) / sigmaX;
    return x * x + y * y / (sigmaY * sigmaY);
  }
}
