package org.mdx.bragg.scale;

/**
 * A smooth curve through values at equal distances: each point is the mean of the nearest three
 * values with the weights exp(−((x − place)/0.7)²) (Evans &amp; Murshudov 2013, Acta Cryst. D69,
 * 1204). One interval has values at its two ends, two have three, more have one beyond either end
 * too.
 */
record Smoother(int intervals) {
  private static final double WIDTH = 0.7;

  /** A curve ends a little before its last interval does. */
  static final double END = 0.999;

  /** As many intervals of at most the spacing as the range needs. */
  static Smoother of(double range, double spacing) {
    return new Smoother(Math.max(1, (int) Math.ceil(range / spacing - 1e-6)));
  }

  /** The same with no more than so many intervals; of none there is one value for all points. */
  Smoother atMost(int most) {
    return intervals <= most ? this : new Smoother(most);
  }

  int size() {
    return intervals < 3 ? intervals + 1 : intervals + 2;
  }

  private double place(int i) {
    return intervals < 3 ? i : i - 0.5;
  }

  /** First of the values that a point takes; x counts intervals. */
  int base(double x) {
    int last = Math.max(0, size() - 3);
    int nearest = (int) Math.rint(intervals < 3 ? x : x + 0.5);
    return Math.max(0, Math.min(last, nearest - 1));
  }

  /** Weights of the three values from the base on; 0 of a third that is not there. */
  void weights(double x, double[] out, int at) {
    int from = base(x);
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double u = (x - place(from + i)) / WIDTH;
      out[at + i] = from + i < size() ? Math.exp(-u * u) : 0;
      sum += out[at + i];
    }
    for (int i = 0; i < 3; i++) {
      out[at + i] /= sum;
    }
  }
}
