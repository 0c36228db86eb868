package org.mdx.stats;

/** Sums over the voxels of one shell. */
final class ShellAccumulator {
  private int n;
  private double sumS;
  private double mean;
  private double squares;
  private double anisotropicSquares;
  private double sumError;
  private double sumSquaredError;
  private double sumCount;

  /** Pairs of half-sets. */
  final AgreementAccumulator halves = new AgreementAccumulator();

  /** Pairs with another table. */
  final AgreementAccumulator truth = new AgreementAccumulator();

  /** Adds a voxel of intensity {@code value}, isotropic average {@code isotropic} at its s. */
  void add(double s, double value, double isotropic, double error, double count) {
    n++;
    sumS += s;
    double d = value - mean;
    mean += d / n;
    squares += d * (value - mean);
    anisotropicSquares += (value - isotropic) * (value - isotropic);
    sumError += error;
    sumSquaredError += error * error;
    sumCount += count;
  }

  /** Adds all voxels of another one. */
  void add(ShellAccumulator other) {
    if (other.n == 0) {
      return;
    }
    int all = n + other.n;
    double d = other.mean - mean;
    squares += other.squares + d * d * n / all * other.n;
    mean += d * other.n / all;
    n = all;
    sumS += other.sumS;
    anisotropicSquares += other.anisotropicSquares;
    sumError += other.sumError;
    sumSquaredError += other.sumSquaredError;
    sumCount += other.sumCount;
    halves.add(other.halves);
    truth.add(other.truth);
  }

  /** Voxels so far. */
  int voxels() {
    return n;
  }

  /**
   * The statistics.
   *
   * @param sMin lower limit of the shell
   * @param sMax upper limit
   * @param completeness of the shell
   * @param measuredTruth whether the other table was measured too, rather than known
   */
  Shell toShell(double sMin, double sMax, Completeness completeness, boolean measuredTruth) {
    double signal = Math.max(0, (anisotropicSquares - sumSquaredError) / n);
    return new Shell(
        sMin,
        sMax,
        sumS / n,
        n,
        completeness,
        sumCount / n,
        n == 0 ? Double.NaN : mean,
        n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)),
        Math.sqrt(anisotropicSquares / n),
        sumError / n,
        halves.ofSignal(signal),
        measuredTruth ? truth.ofMeasurements() : truth.ofSignal(signal));
  }
}
