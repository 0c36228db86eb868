package org.mdx.bragg.symmetry;

/**
 * Probabilities of correlations under a symmetry and without it (Evans 2006, Acta Cryst. D62, 72;
 * 2011, D67, 282): Cauchy distributions cut to −1…1. With the symmetry the centre is what the
 * errors leave of 1; without it, it may be any m from 0 to 1 with the weight √(1 − m²), for
 * approximate symmetries are common.
 */
final class LaueLikelihood {
  private static final int STEPS = 200;

  private final double expected;
  private final double floor;

  LaueLikelihood(double expected, double floor) {
    this.expected = expected;
    this.floor = floor;
  }

  private double width(int pairs) {
    return Math.max(floor, 1 / Math.sqrt(Math.max(1, pairs)));
  }

  /** A correlation above what is expected speaks as much for the symmetry as one that is equal. */
  double present(double cc, int pairs) {
    return cauchy(Math.min(cc, expected), expected, width(pairs));
  }

  double absent(double cc, int pairs) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < STEPS; i++) {
      double m = (i + 0.5) / STEPS;
      double w = Math.sqrt(1 - m * m);
      sum += w * cauchy(cc, m, width(pairs));
      weight += w;
    }
    return sum / weight;
  }

  /** The density at x, made 1 over −1…1. */
  private static double cauchy(double x, double centre, double width) {
    double u = (x - centre) / width;
    double norm = width * (Math.atan((1 - centre) / width) - Math.atan((-1 - centre) / width));
    return 1 / ((1 + u * u) * norm);
  }
}
