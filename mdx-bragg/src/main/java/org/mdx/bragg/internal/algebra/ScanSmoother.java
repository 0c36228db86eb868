package org.mdx.bragg.internal.algebra;

/**
 * Values along a scan, after Evans &amp; Murshudov (2013), Acta Cryst. D69, 1204: with z in
 * intervals, Σ w v / Σ w over the three values nearest to z, w = exp(−((z − position)/0.7)²). There
 * are n intervals and values at −½, ½, … n + ½; for n = 1 and 2 at 0, 1 and 0, 1, 2.
 */
public final class ScanSmoother {
  /** Values that a place depends on, at the most. */
  public static final int NEAREST = 3;

  private static final double WIDTH = 0.7;

  private final int size;
  private final double first; // position of the first value
  private final double intervals; // per image

  /**
   * A smoother over all images.
   *
   * @param frames of the scan
   * @param n number of intervals, 1 or more
   */
  public ScanSmoother(int frames, int n) {
    size = n < NEAREST ? n + 1 : n + 2;
    first = n < NEAREST ? 0 : -0.5;
    intervals = (double) n / frames;
  }

  /** Number of values. */
  public int size() {
    return size;
  }

  /** Number of values that a place depends on. */
  public int nearest() {
    return Math.min(NEAREST, size);
  }

  /** Where a value is, in images from the beginning of the scan. */
  public double position(int value) {
    return (first + value) / intervals;
  }

  /**
   * The weights of the values nearest to a place, whose sum is 1.
   *
   * @param position in images from the beginning of the scan
   * @param weights of {@link #nearest} values
   * @return number of the first of them
   */
  public int weights(double position, double[] weights) {
    double z = position * intervals - first;
    int n = nearest();
    int from = (int) Math.rint(z - (n - 1) / 2.0);
    from = Math.max(0, Math.min(size - n, from));
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double x = (z - from - i) / WIDTH;
      weights[i] = Math.exp(-x * x);
      sum += weights[i];
    }
    for (int i = 0; i < n; i++) {
      weights[i] /= sum;
    }
    return from;
  }
}
