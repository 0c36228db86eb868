package org.mdx.peaks;

/**
 * The profile around reflections as the sum of a Gaussian tail and a halo that falls slowly,
 * G·exp(−d²/2ρ²) + A·exp(−κd), both relative to their mean beyond the shells that are fitted, where
 * the background was taken. The widths are searched on a grid, the levels are not negative.
 */
final class TailFit {
  /** Widths of the tail in those of the peak model. */
  private static final double[] WIDTH = {0.6, 2, 0.05};

  /** Decay of a halo for each standard deviation; a tail falls by more than twice as much. */
  private static final double[] DECAY = {0.05, 1.25, 0.1};

  /** Profiles are not known better than this part of them. */
  private static final double MODEL = 0.03;

  private final double[] distance;
  private final double far;
  private final double[] y;
  private final double[] weight;

  private double width = Double.NaN;
  private double decay = Double.NaN;

  /**
   * A profile.
   *
   * @param distance of each shell from the lattice point
   * @param far where the background was taken
   * @param y growth with the reflection's counts
   * @param error of each
   */
  TailFit(double[] distance, double far, double[] y, double[] error) {
    this.distance = distance;
    this.far = far;
    this.y = y;
    weight = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      double e = Math.hypot(error[i], MODEL * y[i]);
      weight[i] = e > 0 ? 1 / (e * e) : 0;
    }
  }

  /** Levels of tail and halo, and the sum of squares. */
  record Levels(double tail, double halo, double chi2) {}

  /** Finds width and decay. */
  TailFit fit() {
    double best = Double.POSITIVE_INFINITY;
    for (double w = WIDTH[0]; w < WIDTH[1] + 1e-9; w += WIDTH[2]) {
      for (double k = DECAY[0]; k < DECAY[1] + 1e-9; k += DECAY[2]) {
        double chi2 = levels(w, k, y, weight).chi2();
        if (chi2 < best) {
          best = chi2;
          width = w;
          decay = k;
        }
      }
    }
    return this;
  }

  double width() {
    return width;
  }

  /** The levels of another profile of the same shape. */
  Levels levels(double[] other, double[] error) {
    double[] w = new double[other.length];
    for (int i = 0; i < w.length; i++) {
      double e = Math.hypot(error[i], MODEL * other[i]);
      w[i] = e > 0 ? 1 / (e * e) : 0;
    }
    return levels(width, decay, other, w);
  }

  /** The levels of the profile itself. */
  Levels levels() {
    return levels(width, decay, y, weight);
  }

  /** The tail of level one. */
  double tail(double d) {
    return Math.exp(-0.5 * d * d / (width * width));
  }

  private Levels levels(double w, double k, double[] values, double[] weights) {
    double gg = 0;
    double gh = 0;
    double hh = 0;
    double gy = 0;
    double hy = 0;
    double yy = 0;
    for (int i = 0; i < values.length; i++) {
      double g = gauss(distance[i], w) - gauss(far, w);
      double h = Math.exp(-k * distance[i]) - Math.exp(-k * far);
      gg += weights[i] * g * g;
      gh += weights[i] * g * h;
      hh += weights[i] * h * h;
      gy += weights[i] * g * values[i];
      hy += weights[i] * h * values[i];
      yy += weights[i] * values[i] * values[i];
    }
    double det = gg * hh - gh * gh;
    double tail = (gy * hh - hy * gh) / det;
    double halo = (hy * gg - gy * gh) / det;
    if (!(halo > 0)) {
      halo = 0;
      tail = Math.max(0, gy / gg);
    } else if (!(tail > 0)) {
      tail = 0;
      halo = Math.max(0, hy / hh);
    }
    double chi2 =
        yy
            - 2 * (tail * gy + halo * hy)
            + tail * tail * gg
            + 2 * tail * halo * gh
            + halo * halo * hh;
    return new Levels(tail, halo, chi2);
  }

  private static double gauss(double d, double w) {
    return Math.exp(-0.5 * d * d / (w * w));
  }
}
