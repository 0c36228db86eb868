package org.mdx.bragg.spots;

/**
 * Centroid and sum of the strong pixels of a component, with what lies beneath: what DIALS makes of
 * a spot. With p the values of N pixels, the variance of the mean is s²/Σp + 1/12 where s² =
 * Σp·Σp(x − x̄)²/((Σp)² − Σp²).
 */
final class StrongCentroid {
  private static final double PIXEL_VARIANCE = 1.0 / 12;

  final double[] mean = new double[3];
  final double[] variance = new double[3];
  final double sum;

  /** Middle of the strongest pixel. */
  final double[] peak = new double[3];

  /**
   * The centroid of a component.
   *
   * @param gain counts per quantum
   * @param pedestal what is left to take off each value
   */
  StrongCentroid(Component c, double gain, double pedestal) {
    double s = 0;
    double squares = 0;
    for (int i = 0; i < c.size; i++) {
      double p = (c.value(i) - pedestal) / gain;
      s += p;
      squares += p * p;
      mean[0] += p * (c.x(i) + 0.5);
      mean[1] += p * (c.y(i) + 0.5);
      mean[2] += p * (c.frame(i) + 0.5);
    }
    sum = s;
    for (int j = 0; j < 3; j++) {
      mean[j] /= s;
    }
    double factor = s * s > squares ? 1 / (s * s - squares) : 0;
    for (int i = 0; i < c.size; i++) {
      double p = (c.value(i) - pedestal) / gain * factor;
      variance[0] += p * square(c.x(i) + 0.5 - mean[0]);
      variance[1] += p * square(c.y(i) + 0.5 - mean[1]);
      variance[2] += p * square(c.frame(i) + 0.5 - mean[2]);
    }
    for (int j = 0; j < 3; j++) {
      variance[j] += PIXEL_VARIANCE;
    }
    findPeak(c);
  }

  /** The first in the order of frames, rows and columns where several are strongest. */
  private void findPeak(Component c) {
    int best = 0;
    for (int i = 1; i < c.size; i++) {
      int d = Integer.compare(c.value(i), c.value(best));
      if (d > 0 || d == 0 && isEarlier(c, i, best)) {
        best = i;
      }
    }
    peak[0] = c.x(best) + 0.5;
    peak[1] = c.y(best) + 0.5;
    peak[2] = c.frame(best) + 0.5;
  }

  private static boolean isEarlier(Component c, int a, int b) {
    int d = Integer.compare(c.frame(a), c.frame(b));
    d = d == 0 ? Integer.compare(c.y(a), c.y(b)) : d;
    return d < 0 || d == 0 && c.x(a) < c.x(b);
  }

  /** From the strongest pixel to the centroid, in pixels and frames. */
  double separation() {
    return Math.sqrt(
        square(peak[0] - mean[0]) + square(peak[1] - mean[1]) + square(peak[2] - mean[2]));
  }

  private static double square(double x) {
    return x * x;
  }
}
