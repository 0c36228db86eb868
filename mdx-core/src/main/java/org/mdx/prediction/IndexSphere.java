package org.mdx.prediction;

import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;

/** The Miller indices up to a resolution, in the order of h, k, l, without 0, 0, 0. */
final class IndexSphere {

  /** What to do with an index. */
  @FunctionalInterface
  interface Visitor {
    void visit(int h, int k, int l);
  }

  private static final double MOST = 1 << 20;

  private final Mat3 metric;
  private final double limit;
  private final int hMax;
  private final int kMax;
  private final int lMax;

  IndexSphere(UnitCell cell, double dMin) {
    Mat3 b = cell.reciprocal();
    metric = b.transpose().times(b);
    limit = 1 / (dMin * dMin);
    double most = Math.max(cell.a(), Math.max(cell.b(), cell.c())) / dMin;
    if (!(most <= MOST)) {
      throw new IllegalArgumentException(
          "indices up to " + most + " at " + dMin + " Å, at most " + MOST);
    }
    hMax = (int) Math.floor(cell.a() / dMin);
    kMax = (int) Math.floor(cell.b() / dMin);
    lMax = (int) Math.floor(cell.c() / dMin);
  }

  void forEach(Visitor visitor) {
    for (int h = -hMax; h <= hMax; h++) {
      for (int k = -kMax; k <= kMax; k++) {
        double square =
            (double) h * h * metric.m00()
                + (double) k * k * metric.m11()
                + 2.0 * h * k * metric.m01();
        double slope = h * metric.m02() + k * metric.m12();
        // roots of |ha* + kb* + lc*|² = 1/d² in l
        double root = slope * slope - metric.m22() * (square - limit);
        if (root < 0) {
          continue;
        }
        int from = (int) Math.ceil((-slope - Math.sqrt(root)) / metric.m22());
        int to = (int) Math.floor((-slope + Math.sqrt(root)) / metric.m22());
        for (int l = Math.max(from, -lMax); l <= Math.min(to, lMax); l++) {
          if (h != 0 || k != 0 || l != 0) {
            visitor.visit(h, k, l);
          }
        }
      }
    }
  }
}
