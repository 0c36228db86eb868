package org.mdx.bragg.symmetry;

/**
 * The pairs of reflections that a rotation of the lattice makes, their correlation and its error.
 * Reflections that any rotation of the lattice takes to each other are one orbit. The orbits are
 * independent, the pairs within one are not: errors come from what orbits contribute.
 */
final class OperatorPairs {
  /** Orbits that the error of independent pairs counts for. */
  private static final double TRUSTED = Double.parseDouble(System.getProperty("trusted","20"));

  private final int count;
  private final double correlation;
  private final int orbits;
  private final double variance;

  /** What each orbit adds to the correlation. */
  private final double[] influence;

  private OperatorPairs(
      int count, double correlation, int orbits, double variance, double[] influence) {
    this.count = count;
    this.correlation = correlation;
    this.orbits = orbits;
    this.variance = variance;
    this.influence = influence;
  }

  /**
   * Looks at a rotation.
   *
   * @param data normalised intensities
   * @param orbit of each, from 0
   * @param orbits number of them
   * @param m matrix of the rotation on indices
   * @param order of the rotation
   */
  static OperatorPairs of(MergedSquares data, int[] orbit, int orbits, int[] m, int order) {
    int[] mate = new int[data.size()];
    PairSums sums = new PairSums();
    for (int i = 0; i < mate.length; i++) {
      int j = data.find(data.image(i, m));
      mate[i] = j == i ? -1 : j;
      if (mate[i] >= 0) {
        // both orders, so that the correlation does not depend on which one comes first
        sums.add(data.value(i), data.value(j));
        sums.add(data.value(j), data.value(i));
      }
    }
    double cc = sums.correlation();
    int n = sums.count() / 2;
    double[] influence = new double[orbits];
    boolean[] has = new boolean[orbits];
    for (int i = 0; i < mate.length; i++) {
      if (mate[i] >= 0) {
        double x = (data.value(i) - sums.mean()) / sums.deviation();
        double y = (data.value(mate[i]) - sums.mean()) / sums.deviation();
        influence[orbit[i]] += (x * y - cc * (x * x + y * y) / 2) / n;
        has[orbit[i]] = true;
      }
    }
    double variance = 0;
    int some = 0;
    for (int o = 0; o < orbits; o++) {
      variance += influence[o] * influence[o];
      some += has[o] ? 1 : 0;
    }
    return new OperatorPairs(order == 2 ? n / 2 : n, cc, some, variance, influence);
  }

  /** Number of pairs. */
  int count() {
    return count;
  }

  /** Their correlation; NaN of fewer than two. */
  double correlation() {
    return correlation;
  }

  /** Standard error of a correlation near a true one. */
  double error(double truth) {
    double independent = (1 - truth * truth) * (1 - truth * truth) / Math.max(1, count);
    return Math.sqrt((TRUSTED * independent + orbits * variance) / (TRUSTED + orbits));
  }

  /** Standard error of the correlation. */
  double error() {
    return error(Math.max(0, correlation));
  }

  /** Covariance with the correlation of another rotation. */
  double covariance(OperatorPairs other) {
    double sum = 0;
    for (int o = 0; o < influence.length; o++) {
      sum += influence[o] * other.influence[o];
    }
    return sum;
  }
}
