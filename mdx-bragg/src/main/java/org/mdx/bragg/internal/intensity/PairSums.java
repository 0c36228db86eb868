package org.mdx.bragg.internal.intensity;

/** The sums of a correlation. */
public final class PairSums {
  private int n;
  private double x;
  private double y;
  private double xx;
  private double yy;
  private double xy;

  /** No pairs yet. */
  public PairSums() {
    // sums are 0
  }

  /**
   * Adds a pair.
   *
   * @param a the one
   * @param b the other
   */
  public void add(double a, double b) {
    n++;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }

  /**
   * Number of pairs.
   *
   * @return how many were added
   */
  public int count() {
    return n;
  }

  /**
   * The linear correlation of the pairs.
   *
   * @return −1 to 1; NaN of fewer than three pairs, or where one side is constant
   */
  public double correlation() {
    double vx = xx - x * x / n;
    double vy = yy - y * y / n;
    return n < 3 || !(vx > 0) || !(vy > 0) ? Double.NaN : (xy - x * y / n) / Math.sqrt(vx * vy);
  }
}
