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
  private long halves;
  private final double[] halfSquaredError = new double[2];
  private final Correlation half = new Correlation();
  private final Correlation halfAnisotropic = new Correlation();
  private final Correlation truth = new Correlation();
  private final Correlation truthAnisotropic = new Correlation();

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

  /** Adds the half-sets of a voxel; ignored unless both have a value. */
  void addHalves(double i0, double i1, double e0, double e1, double isotropic) {
    if (Math.abs(i0) <= Double.MAX_VALUE && Math.abs(i1) <= Double.MAX_VALUE) {
      half.add(i0, i1);
      halfAnisotropic.add(i0 - isotropic, i1 - isotropic);
      halves++;
      halfSquaredError[0] += e0 * e0;
      halfSquaredError[1] += e1 * e1;
    }
  }

  /** Adds the pair of a voxel and its truth, and their isotropic averages. */
  void addTruth(double value, double isotropic, double other, double otherIsotropic) {
    truth.add(value, other);
    truthAnisotropic.add(value - isotropic, other - otherIsotropic);
  }

  Shell toShell(double sMin, double sMax) {
    double cc = halfAnisotropic.value();
    double error2 = sumSquaredError / n;
    double signal = Math.max(0, anisotropicSquares / n - error2);
    double e0 = halfSquaredError[0] / halves;
    double e1 = halfSquaredError[1] / halves;
    return new Shell(
        sMin,
        sMax,
        n == 0 ? Double.NaN : sumS / n,
        n,
        n == 0 ? Double.NaN : mean,
        n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)),
        Math.sqrt(anisotropicSquares / n),
        sumError / n,
        sumCount / n,
        half.value(),
        cc,
        signal / Math.sqrt((signal + e0) * (signal + e1)),
        cc >= 0 ? Math.sqrt(2 * cc / (1 + cc)) : Double.NaN,
        truth.value(),
        truthAnisotropic.value(),
        truth.count() == 0 ? Double.NaN : ShellStatistics.expectedCorrelation(signal, error2));
  }
}
