package org.mdx.stats;

import org.apache.commons.math3.distribution.TDistribution;

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
   * Adds all pairs of another correlation (Chan, Golub and LeVeque, American Statistician 37, 242,
   * 1983).
   *
   * @param other stays as it is
   */
  public void add(Correlation other) {
    if (other.n == 0) {
      return;
    }
    long all = n + other.n;
    double dx = other.meanX - meanX;
    double dy = other.meanY - meanY;
    double weight = (double) n / all * other.n;
    sxx += other.sxx + dx * dx * weight;
    syy += other.syy + dy * dy * weight;
    sxy += other.sxy + dx * dy * weight;
    meanX += dx * other.n / all;
    meanY += dy * other.n / all;
    n = all;
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

  /**
   * Variance of the first values.
   *
   * @return sum of the squared deviations divided by n; NaN without pairs
   */
  double varianceX() {
    return sxx / n;
  }

  /**
   * Variance of the second values.
   *
   * @return sum of the squared deviations divided by n; NaN without pairs
   */
  double varianceY() {
    return syy / n;
  }

  /**
   * Standard error of the coefficient for normally distributed pairs, (1 − r²)/√(n − 1) (Fisher,
   * Biometrika 10, 507, 1915; leading term).
   *
   * @return above 0; NaN where the coefficient is
   */
  public double standardError() {
    double r = value();
    return (1 - r * r) / Math.sqrt(n - 1);
  }

  /**
   * How likely pairs without any correlation give a coefficient as high: one-sided test with r√((n
   * − 2)/(1 − r²)), which follows Student's distribution of n − 2 degrees of freedom.
   *
   * @return 0 to 1; NaN where the coefficient is
   */
  public double chance() {
    double r = value();
    if (Double.isNaN(r)) {
      return Double.NaN;
    } else if (Math.abs(r) == 1) {
      return r > 0 ? 0 : 1;
    }
    double t = r * Math.sqrt((n - 2) / (1 - r * r));
    return new TDistribution(null, n - 2).cumulativeProbability(-t);
  }
}
