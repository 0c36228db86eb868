package org.mdx.bragg.merge;

import org.apache.commons.math3.distribution.TDistribution;

/** What a correlation of unrelated values seldom exceeds. */
final class Significance {
  /** One in so many shells without signal exceeds it. */
  private static final double CHANCE = 0.01;

  private static final int LEAST = 3;

  private Significance() {}

  /** r of t = r √(ν/(1 − r²)), which has Student's distribution with ν = n − 2. */
  static double critical(int n) {
    if (n < LEAST) {
      return Double.NaN;
    }
    double t = new TDistribution(null, n - 2.0).inverseCumulativeProbability(1 - CHANCE);
    return t / Math.sqrt(n - 2 + t * t);
  }
}
