package org.mdx.bragg.symmetry;

/** The sums of a correlation. */
final class PairSums {
  private int n;
  private double x;
  private double y;
  private double xx;
  private double yy;
  private double xy;

  void add(double a, double b) {
    n++;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }

  int count() {
    return n;
  }

  /** NaN of fewer than three pairs. */
  double correlation() {
    double vx = xx - x * x / n;
    double vy = yy - y * y / n;
    return n < 3 || !(vx > 0) || !(vy > 0) ? Double.NaN : (xy - x * y / n) / Math.sqrt(vx * vy);
  }
}
