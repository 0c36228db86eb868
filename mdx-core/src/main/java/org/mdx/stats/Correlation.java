package org.mdx.stats;

/**
 * Pearson's correlation of pairs given one at a time, without loss of figures to a large mean
 * (updating formulas of Welford, Technometrics 4, 419, 1962).
 */
public final class Correlation {
  private long n;
  private double meanX;
  private double meanY;
  private double sxx;
  private double syy;
  private double sxy;

  /** No pairs yet. */
  public Correlation() {}

  /**
   * Adds a pair; one with a NaN or infinity is ignored.
   *
   * @param x first value
   * @param y second value
   */
  public void add(double x, double y) {
    if (!(Math.abs(x) <= Double.MAX_VALUE && Math.abs(y) <= Double.MAX_VALUE)) {
      return;
    }
    n++;
    double dx = x - meanX;
    double dy = y - meanY;
    meanX += dx / n;
    meanY += dy / n;
    sxx += dx * (x - meanX);
    syy += dy * (y - meanY);
    sxy += dx * (y - meanY);
  }

  /**
   * Number of pairs.
   *
   * @return pairs that counted
   */
  public long count() {
    return n;
  }

  /**
   * The coefficient r = Sxy/√(Sxx Syy).
   *
   * @return −1 to 1; NaN with fewer than three pairs, or where one side does not vary
   */
  public double value() {
    if (n < 3 || !(sxx > 0 && syy > 0)) {
      return Double.NaN;
    }
    return Math.max(-1, Math.min(1, sxy / (Math.sqrt(sxx) * Math.sqrt(syy))));
  }
}
