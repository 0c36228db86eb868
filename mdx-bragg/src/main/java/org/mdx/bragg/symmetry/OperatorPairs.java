package org.mdx.bragg.symmetry;

/**
 * The pairs of reflections that a rotation of the lattice makes, their correlation and its error.
 * Reflections that any rotation of the lattice takes to each other are one orbit. The orbits are
 * independent, the pairs within one are not: errors come from what orbits contribute.
 */
final class OperatorPairs {
  /** Orbits that the error of independent pairs counts for. */
  private static final double TRUSTED = 20;

  private final int count;

  /** Number of pairs of the best weight that would tell as much. */
  private final double effective;

  private final double correlation;

  /** The correlation that errors leave of these pairs, as a part of that of all. */
  private final double expected;

  private final int orbits;
  private final double variance;

  /** What each orbit adds to the correlation. */
  private final double[] influence;

  private OperatorPairs(
      int count,
      double effective,
      double correlation,
      double expected,
      double[] influence,
      boolean[] has) {
    this.count = count;
    this.effective = effective;
    this.correlation = correlation;
    this.expected = expected;
    this.influence = influence;
    double squares = 0;
    int some = 0;
    for (int o = 0; o < influence.length; o++) {
      squares += influence[o] * influence[o];
      some += has[o] ? 1 : 0;
    }
    variance = squares;
    orbits = some;
  }

  /**
   * Looks at a rotation.
   *
   * @param squares normalised intensities
   * @param orbits of them
   * @param m matrix of the rotation on indices
   * @param order of the rotation
   */
  static OperatorPairs of(SquaresWithErrors squares, Orbits orbits, int[] m, int order) {
    MergedSquares data = squares.data();
    int[] mate = new int[data.size()];
    int n = 0;
    double all = 0;
    double allSquared = 0;
    double sum = 0;
    double errors = 0;
    for (int i = 0; i < mate.length; i++) {
      int j = data.find(data.image(i, m));
      mate[i] = j == i || j < 0 ? -1 : j;
      if (mate[i] >= 0) {
        double w = squares.weight(i) * squares.weight(j);
        n++;
        all += w;
        allSquared += w * w;
        // both ends, so that nothing depends on which one comes first
        sum += w * (data.value(i) + data.value(j)) / 2;
        errors += w * (squares.error(i) + squares.error(j)) / 2;
      }
    }
    double mean = sum / all;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < mate.length; i++) {
      if (mate[i] >= 0) {
        double w = squares.weight(i) * squares.weight(mate[i]);
        double x = data.value(i) - mean;
        double y = data.value(mate[i]) - mean;
        xx += w * (x * x + y * y) / 2;
        xy += w * x * y;
      }
    }
    double cc = n < 2 || !(xx > 0) ? Double.NaN : xy / xx;
    boolean[] has = new boolean[orbits.size()];
    double[] influence = new double[orbits.size()];
    for (int i = 0; i < mate.length; i++) {
      if (mate[i] >= 0) {
        double w = squares.weight(i) * squares.weight(mate[i]);
        double x = data.value(i) - mean;
        double y = data.value(mate[i]) - mean;
        influence[orbits.of(i)] += w * (x * y - cc * (x * x + y * y) / 2) / xx;
        has[orbits.of(i)] = true;
      }
    }
    double expected = squares.signal() / (squares.signal() + errors / all);
    double effective = all * all / allSquared;
    boolean both = order == 2;
    return new OperatorPairs(
        both ? n / 2 : n,
        both ? effective / 2 : effective,
        cc,
        n == 0 ? 1 : expected / squares.expected(),
        influence,
        has);
  }

  /** Number of pairs. */
  int count() {
    return count;
  }

  /** Their correlation; NaN of fewer than two. */
  double correlation() {
    return correlation;
  }

  /** Their correlation, if they were as precise as all reflections together. */
  double comparable() {
    return correlation / expected;
  }

  /** Standard error of a comparable correlation near a true one. */
  double error(double truth) {
    double t = Math.min(1, truth * expected);
    double independent = (1 - t * t) * (1 - t * t) / Math.max(1, effective);
    return Math.sqrt((TRUSTED * independent + orbits * variance) / (TRUSTED + orbits)) / expected;
  }

  /** Covariance with the comparable correlation of another rotation. */
  double covariance(OperatorPairs other) {
    double sum = 0;
    for (int o = 0; o < influence.length; o++) {
      sum += influence[o] * other.influence[o];
    }
    return sum / (expected * other.expected);
  }
}
