package org.mdx.stats;

/** Sums over pairs of intensities. */
final class AgreementAccumulator {
  private final Correlation plain = new Correlation();
  private final Correlation anisotropic = new Correlation();
  private double difference;
  private double sum;
  private double squaredError0;
  private double squaredError1;

  /** Adds a pair with the isotropic averages of both; ignored unless both are finite. */
  void add(double i0, double i1, double isotropic0, double isotropic1, double e0, double e1) {
    if (Math.abs(i0) <= Double.MAX_VALUE && Math.abs(i1) <= Double.MAX_VALUE) {
      plain.add(i0, i1);
      anisotropic.add(i0 - isotropic0, i1 - isotropic1);
      difference += Math.abs(i0 - i1);
      sum += i0 + i1;
      squaredError0 += e0 * e0;
      squaredError1 += e1 * e1;
    }
  }

  /** Adds all pairs of another one. */
  void add(AgreementAccumulator other) {
    plain.add(other.plain);
    anisotropic.add(other.anisotropic);
    difference += other.difference;
    sum += other.sum;
    squaredError0 += other.squaredError0;
    squaredError1 += other.squaredError1;
  }

  /**
   * The agreement of two sets of one signal of variance V: with mean squared errors e₀ and e₁ their
   * correlation is V/√((V + e₀)(V + e₁)).
   */
  Agreement ofSignal(double variance) {
    long n = anisotropic.count();
    return toAgreement(limit(variance, squaredError0 / n) * limit(variance, squaredError1 / n));
  }

  private static double limit(double variance, double error) {
    return error == 0 ? 1 : ShellStatistics.expectedCorrelation(variance, error);
  }

  /**
   * The agreement of two sets that have variances v₀ and v₁ with errors: if their signals were the
   * same but for scale, their correlation would be √((1 − e₀/v₀)(1 − e₁/v₁)).
   */
  Agreement ofMeasurements() {
    long n = anisotropic.count();
    double share0 = Math.max(0, 1 - squaredError0 / n / anisotropic.varianceX());
    double share1 = Math.max(0, 1 - squaredError1 / n / anisotropic.varianceY());
    return toAgreement(Math.sqrt(share0 * share1));
  }

  private Agreement toAgreement(double expected) {
    return anisotropic.count() == 0
        ? Agreement.NONE
        : new Agreement(
            anisotropic.count(),
            plain.value(),
            anisotropic.value(),
            anisotropic.standardError(),
            anisotropic.chance(),
            expected,
            sum > 0 ? difference / (sum / 2) : Double.NaN);
  }
}
